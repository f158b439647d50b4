using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>The rows of a list: a page of them, and what each shows.</summary>
internal static class QueueRows
{
    /// <summary>What is read of each.</summary>
    internal sealed record Row(
        long Number, string Customer, string Subject, ConversationState State, Attention Attention, DateTimeOffset? WaitingSince, DateTimeOffset? DueAt, DateTimeOffset LastActivityAt,
        DateTimeOffset? LastAnswerAt, HappinessEnd? End, string? Assignee, long? AssigneeId, DateTimeOffset? Until, bool Demo, string OurAddress);

    /// <summary>A page of a list: from a place on, or up to one.</summary>
    /// <returns>The rows in the order of the list, and whether there are more before and behind them.</returns>
    public static async Task<(List<Row> Rows, bool Before, bool Behind)> Page(HeliotropeDb db, IQueryable<Conversation> list, Sort sort, Place? after, Place? before, int most)
    {
        if (before is { } end)
        {
            var last = await Project(db, list.Before(sort, end).In(db, sort, backwards: true).Take(most + 1)).ToListAsync();
            var more = last.Count > most;
            last = last[..Math.Min(last.Count, most)];
            last.Reverse();
            return (last, more, true);
        }

        var rows = await Project(db, list.Behind(sort, after).In(db, sort).Take(most + 1)).ToListAsync();
        var start = after is { } ? await list.Before(sort, rows.Count > 0 ? PlaceOf(rows[0], sort) : after).AnyAsync() : false;
        return (rows[..Math.Min(rows.Count, most)], start, rows.Count > most);
    }

    public static Place PlaceOf(Row row, Sort sort) => QueueOrder.PlaceOf(sort, row.Number, row.Attention, row.DueAt, row.LastActivityAt);

    public static IQueryable<Row> Project(HeliotropeDb db, IQueryable<Conversation> query) => query.Select(c => new Row(
        c.Number, c.Customer!.Name, c.Subject, c.State, c.Attention, c.WaitingSince, c.AnswerDueAt, c.LastActivityAt, c.LastAnswerAt, c.HappinessEnd,
        db.Users.Where(u => u.Id == c.AssigneeId).Select(u => u.Name).FirstOrDefault(), c.AssigneeId, c.SnoozedUntil, c.Demo, c.OurAddress));

    public static async Task<IReadOnlyList<InboxRow>> Of(HeliotropeDb db, List<Row> rows, Actor actor, Sort sort, DateTimeOffset now, IReadOnlyDictionary<string, string> brands)
    {
        var numbers = rows.ConvertAll(r => r.Number);
        var failed = await db.Outbox.Where(o => o.State == OutboxState.Failed && o.ConversationNumber != null && numbers.Contains(o.ConversationNumber.Value)).Select(o => o.ConversationNumber!.Value).ToHashSetAsync();
        var open = rows.Where(r => r.State is ConversationState.Open).Select(r => r.Number).ToList();
        var reopened = await db.Entries.Where(e => open.Contains(e.ConversationNumber) && e.Kind == EntryKind.Event && e.Text == "reopened").Select(e => e.ConversationNumber).ToHashSetAsync();
        var tags = (await db.ConversationTags.Where(t => numbers.Contains(t.ConversationNumber)).Join(db.Tags, t => t.TagId, t => t.Id, (t, tag) => new { t.ConversationNumber, tag.Name })
            .OrderBy(t => t.Name).ToListAsync()).ToLookup(t => t.ConversationNumber, t => t.Name);
        var drafts = await db.Drafts.Where(d => d.UserId == actor.Id && d.SendAt == null && numbers.Contains(d.ConversationNumber!.Value)).Select(d => d.ConversationNumber!.Value).ToHashSetAsync();
        return rows.ConvertAll(r => new InboxRow(
            r.Number, r.Customer, r.Subject, Reason(r, failed.Contains(r.Number), reopened.Contains(r.Number), now), r.WaitingSince ?? r.LastActivityAt, r.Assignee, r.WaitingSince is not null,
            r.State is ConversationState.Open ? r.DueAt : null, r.Until, r.Attention is not Attention.Usual, r.AssigneeId is not null && r.AssigneeId == actor.Id, [.. tags[r.Number]], r.Demo,
            drafts.Contains(r.Number))
        { Place = PlaceOf(r, sort).ToString(), Brand = brands.GetValueOrDefault(r.OurAddress) });
    }

    private static RowReason Reason(Row row, bool notSent, bool reopened, DateTimeOffset now) => row switch
    {
        { Attention: Attention.SaidNo } => RowReason.SaidNo,
        { Attention: Attention.AskedForPerson } => RowReason.AskedForPerson,
        { Attention: Attention.NotSent } => RowReason.NotSent,
        { Attention: Attention.DateCame } => RowReason.DateCame,
        _ when notSent => RowReason.NotSent,
        { State: ConversationState.Open } when row.DueAt < now => RowReason.Overdue,
        { State: ConversationState.Open } => reopened ? RowReason.CameBack : row.LastAnswerAt is null ? RowReason.NoAnswerYet : RowReason.TheyAnswered,
        { State: ConversationState.Confirmed } => RowReason.Confirmed,
        { End: HappinessEnd.Thanked } => RowReason.Thanked,
        { End: HappinessEnd.Silent } => RowReason.Silent,
        { State: ConversationState.Waiting } => RowReason.TheirTurn,
        { State: ConversationState.Snoozed } => RowReason.Later,
        _ => RowReason.Asked,
    };
}
