using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>The queue as the desk shows it: most pressing first where somebody waits, newest first elsewhere.</summary>
internal sealed class Queues(Store store, TimeProvider time)
{
    private const int PageSize = 50;

    /// <summary>The named lists, in the order of the menu.</summary>
    public static readonly IReadOnlyList<string> Views = ["open", "mine", "waiting", "snoozed", "resolved", "confirmed", "all", "spam"];

    public Task<InboxView> Page(Actor actor, QueueRequest request) => store.Read(actor, async db =>
    {
        var view = request.IsFigure ? null : request.View is { } named && Views.Contains(named) ? named : "open";
        var tag = await QueueFilters.TagOf(db, request.Tag);
        request = view is null ? request with { Tag = tag?.Name } : new(view, Filter: request.Filter, Tag: tag?.Name, After: request.After);
        var matching = QueueFilters.Tagged(db, view is null ? Behind(db, request) : request.Filter.On(Named(db.Conversations, view, actor)), tag);
        var pressing = view is "open" or "mine";
        var rows = await Project(db, Ordered(matching, pressing, Place.Read(request.After)).Take(PageSize + 1)).ToListAsync();
        var more = rows.Count > PageSize;
        rows = rows[..Math.Min(rows.Count, PageSize)];

        var names = await Names.Of(db);
        var only = request.Narrowings(names).ToList();
        var first = rows.Count == 0 && only.Count == 0 && !await db.Conversations.AnyAsync();
        var organisation = first ? await Organisation.Of(db) : null;
        return new InboxView(
            view,
            view is null ? Heading(request, names) : null,
            request,
            await Counts(db, actor),
            await Rows(db, rows, actor),
            more ? (request with { After = PlaceOf(rows[^1], pressing).ToString() }).Href() : null,
            first,
            organisation?.UsualAddress,
            first && await db.Quarantine.AnyAsync(),
            view is null ? await matching.CountAsync() : null,
            await QueueFilters.Teams(db),
            view is null ? [] : only,
            view is not null && only.Count > 0 ? QueueFilters.Shown(await matching.Select(c => c.Number).Take(QueueFilters.CountUpTo + 1).CountAsync()) : null,
            organisation?.DemoIsComing is true);
    });

    private static IQueryable<Conversation> Named(IQueryable<Conversation> everything, string view, Actor actor)
    {
        var all = everything.InSpam(view is "spam");
        return view switch
        {
            "open" => NeedsPerson(all),
            "mine" => all.Where(c => c.State == ConversationState.Open && c.AssigneeId == actor.Id),
            "waiting" => all.Where(c => c.State == ConversationState.Waiting),
            "resolved" => all.Where(c => c.State == ConversationState.Resolved),
            "confirmed" => all.Where(c => c.State == ConversationState.Confirmed),
            "snoozed" => all.Where(c => c.State == ConversationState.Snoozed),
            _ => all,
        };
    }

    /// <summary>The queue itself.</summary>
    public static IQueryable<Conversation> NeedsPerson(IQueryable<Conversation> all) => all.Where(c => c.State == ConversationState.Open);

    private IQueryable<Conversation> Behind(HeliotropeDb db, QueueRequest request)
    {
        if (request.Late is "now" || request.From is not { } from)
        {
            return BehindFigure.Overdue(db, time.Now(), request.Filter);
        }

        var started = BehindFigure.Started(db, from, request.To ?? from, request.Filter);
        return BehindFigure.Answered(BehindFigure.Ended(started, request.Ending), request.Late);
    }

    private static string Heading(QueueRequest request, Names names)
    {
        List<string> words = [];
        if (request.Ending is { } ending && Ends.All.Contains(ending))
        {
            words.Add(Words.T("ending." + ending));
        }

        if (request.Late is { } late && BehindFigure.Lates.Contains(late))
        {
            words.Add(Words.T("late." + late));
        }

        words.AddRange(request.Narrowings(names).Select(only => only.Words));
        if (request is { From: { } from, Late: not "now" })
        {
            words.Add(Words.T("inbox.behind-figure", from, request.To ?? from));
        }

        return string.Join(" · ", words);
    }

    public static IQueryable<Conversation> Ordered(IQueryable<Conversation> query, bool pressing, Place? place)
    {
        if (pressing)
        {
            if (place is var (attention, since, number))
            {
                query = query.Where(c => c.Attention > attention || (c.Attention == attention && (c.AnswerDueAt > since || (c.AnswerDueAt == since && c.Number > number))));
            }

            return query.OrderBy(c => c.Attention).ThenBy(c => c.AnswerDueAt).ThenBy(c => c.Number);
        }

        if (place is var (_, at, last))
        {
            query = query.Where(c => c.LastActivityAt < at || (c.LastActivityAt == at && c.Number < last));
        }

        return query.OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Number);
    }

    private sealed record Row(
        long Number, string Customer, string Subject, ConversationState State, Attention Attention, DateTimeOffset? WaitingSince, DateTimeOffset? DueAt, DateTimeOffset LastActivityAt,
        DateTimeOffset? LastAnswerAt, HappinessEnd? End, string? Assignee, long? AssigneeId, DateTimeOffset? Until, bool Demo);

    private static IQueryable<Row> Project(HeliotropeDb db, IQueryable<Conversation> query) => query.Select(c => new Row(
        c.Number, c.Customer!.Name, c.Subject, c.State, c.Attention, c.WaitingSince, c.AnswerDueAt, c.LastActivityAt, c.LastAnswerAt, c.HappinessEnd,
        db.Users.Where(u => u.Id == c.AssigneeId).Select(u => u.Name).FirstOrDefault(), c.AssigneeId, c.SnoozedUntil, c.Demo));

    private async Task<IReadOnlyList<InboxRow>> Rows(HeliotropeDb db, List<Row> rows, Actor actor)
    {
        var numbers = rows.ConvertAll(r => r.Number);
        var failed = await db.Outbox.Where(o => o.State == OutboxState.Failed && o.ConversationNumber != null && numbers.Contains(o.ConversationNumber.Value)).Select(o => o.ConversationNumber!.Value).ToHashSetAsync();
        var open = rows.Where(r => r.State is ConversationState.Open).Select(r => r.Number).ToList();
        var reopened = await db.Entries.Where(e => open.Contains(e.ConversationNumber) && e.Kind == EntryKind.Event && e.Text == "reopened").Select(e => e.ConversationNumber).ToHashSetAsync();
        var tags = (await db.ConversationTags.Where(t => numbers.Contains(t.ConversationNumber)).Join(db.Tags, t => t.TagId, t => t.Id, (t, tag) => new { t.ConversationNumber, tag.Name })
            .OrderBy(t => t.Name).ToListAsync()).ToLookup(t => t.ConversationNumber, t => t.Name);
        var drafts = await db.Drafts.Where(d => d.UserId == actor.Id && d.SendAt == null && numbers.Contains(d.ConversationNumber!.Value)).Select(d => d.ConversationNumber!.Value).ToHashSetAsync();
        var now = time.Now();
        return rows.ConvertAll(r => new InboxRow(
            r.Number, r.Customer, r.Subject, Reason(r, failed.Contains(r.Number), reopened.Contains(r.Number), now), r.WaitingSince ?? r.LastActivityAt, r.Assignee, r.WaitingSince is not null,
            r.State is ConversationState.Open ? r.DueAt : null, r.Until, r.Attention is not Attention.Usual, r.AssigneeId is not null && r.AssigneeId == actor.Id, [.. tags[r.Number]], r.Demo,
            drafts.Contains(r.Number)));
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

    /// <summary>All counts in one statement; the row that it is hung on is there from the first start.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> Counts(HeliotropeDb db, Actor actor)
    {
        IQueryable<long> Some(string view) => Named(db.Conversations, view, actor).Select(c => c.Number).Take(QueueFilters.CountUpTo + 1);
        var (open, mine, waiting, snoozed) = (Some("open"), Some("mine"), Some("waiting"), Some("snoozed"));
        var (resolved, confirmed, all, spam) = (Some("resolved"), Some("confirmed"), Some("all"), Some("spam"));
        var counts = await db.Settings.Where(s => s.Key == SettingKeys.ReplySecret)
            .Select(_ => new[] { open.Count(), mine.Count(), waiting.Count(), snoozed.Count(), resolved.Count(), confirmed.Count(), all.Count(), spam.Count() })
            .SingleAsync();
        return Views.Zip(counts).ToDictionary(c => c.First, c => QueueFilters.Shown(c.Second));
    }

    private static Place PlaceOf(Row row, bool pressing) => new(row.Attention, (pressing ? row.DueAt : null) ?? row.LastActivityAt, row.Number);
}
