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
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Which list a person looks at: one by name, or the conversations behind a figure.</summary>
internal sealed record QueueRequest(string? View, string? After, DateOnly? From = null, DateOnly? To = null, string? Ending = null);

/// <summary>The queue as the desk shows it: most pressing first where somebody waits, newest first elsewhere.</summary>
internal sealed class Queues(Store store)
{
    private const int PageSize = 50;

    /// <summary>The named lists, in the order of the menu.</summary>
    public static readonly IReadOnlyList<string> Views = ["open", "mine", "waiting", "snoozed", "resolved", "confirmed", "all", "spam"];

    /// <summary>Counting further would cost more than anybody would read.</summary>
    private const int CountUpTo = 999;

    public Task<InboxView> Page(Actor actor, QueueRequest request) => store.Read(async db =>
    {
        var view = request.From is { } from && Zone.Counts(from) && Zone.Counts(request.To ?? from) ? null : request.View is { } named && Views.Contains(named) ? named : "open";
        var matching = view is null ? BehindFigure(db, request) : Named(db.Conversations, view, actor);
        var pressing = view is "open" or "mine";
        var rows = await Project(db, Ordered(matching, pressing, request.After).Take(PageSize + 1)).ToListAsync();
        var more = rows.Count > PageSize;
        rows = rows[..Math.Min(rows.Count, PageSize)];

        var first = rows.Count == 0 && !await db.Conversations.AnyAsync();
        return new InboxView(
            view,
            view is null ? Words.T("inbox.behind-figure", request.From!, request.To ?? request.From!) : null,
            await Counts(db, actor),
            await Rows(db, rows, actor),
            more ? Next(request, view, Place(rows[^1], pressing)) : null,
            first,
            first ? (await Organisation.Of(db)).UsualAddress : null,
            first && await db.Quarantine.AnyAsync());
    });

    private static IQueryable<Conversation> Named(IQueryable<Conversation> everything, string view, Actor actor)
    {
        if (view is "spam")
        {
            return everything.Where(c => c.IsSpam);
        }

        var all = everything.Where(c => !c.IsSpam);
        return view switch
        {
            "open" => all.Where(c => c.State == ConversationState.Open),
            "mine" => all.Where(c => c.State == ConversationState.Open && c.AssigneeId == actor.Id),
            "waiting" => all.Where(c => c.State == ConversationState.Waiting),
            "resolved" => all.Where(c => c.State == ConversationState.Resolved),
            "confirmed" => all.Where(c => c.State == ConversationState.Confirmed),
            "snoozed" => all.Where(c => c.State == ConversationState.Snoozed),
            _ => all,
        };
    }

    private static IQueryable<Conversation> BehindFigure(HeliotropeDb db, QueueRequest request)
    {
        var (from, to) = (Zone.StartOf(request.From!.Value), Zone.StartOf((request.To ?? request.From!.Value).AddDays(1)));
        var started = db.Conversations.Where(c => !c.IsSpam && c.HappinessStartedAt >= from && c.HappinessStartedAt < to);
        return request.Ending is "unanswered" ? started.Where(c => c.HappinessEnd == null)
            : Enum.TryParse<HappinessEnd>(request.Ending, ignoreCase: true, out var end) ? started.Where(c => c.HappinessEnd == end)
            : started;
    }

    private static IQueryable<Conversation> Ordered(IQueryable<Conversation> query, bool pressing, string? after)
    {
        var place = ReadPlace(after);
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
        DateTimeOffset? LastAnswerAt, HappinessEnd? End, string? Assignee);

    private static IQueryable<Row> Project(HeliotropeDb db, IQueryable<Conversation> query) => query.Select(c => new Row(
        c.Number, c.Customer!.Name, c.Subject, c.State, c.Attention, c.WaitingSince, c.AnswerDueAt, c.LastActivityAt, c.LastAnswerAt, c.HappinessEnd,
        db.Users.Where(u => u.Id == c.AssigneeId).Select(u => u.Name).FirstOrDefault()));

    private static async Task<IReadOnlyList<InboxRow>> Rows(HeliotropeDb db, List<Row> rows, Actor actor)
    {
        var numbers = rows.ConvertAll(r => r.Number);
        var failed = await db.Outbox.Where(o => o.State == OutboxState.Failed && numbers.Contains(o.ConversationNumber)).Select(o => o.ConversationNumber).ToHashSetAsync();
        var open = rows.Where(r => r.State is ConversationState.Open).Select(r => r.Number).ToList();
        var reopened = await db.Entries.Where(e => open.Contains(e.ConversationNumber) && e.Kind == EntryKind.Event && e.Text == "reopened").Select(e => e.ConversationNumber).ToHashSetAsync();
        var drafts = await db.Drafts.Where(d => d.UserId == actor.Id && d.SendAt == null && numbers.Contains(d.ConversationNumber!.Value)).Select(d => d.ConversationNumber!.Value).ToHashSetAsync();
        return rows.ConvertAll(r => new InboxRow(
            r.Number, r.Customer, r.Subject, Reason(r, failed.Contains(r.Number), reopened.Contains(r.Number)), r.WaitingSince ?? r.LastActivityAt, r.Assignee, r.WaitingSince is not null, drafts.Contains(r.Number)));
    }

    private static RowReason Reason(Row row, bool notSent, bool reopened) => row switch
    {
        { Attention: Attention.SaidNo } => RowReason.SaidNo,
        { Attention: Attention.AskedForPerson } => RowReason.AskedForPerson,
        { Attention: Attention.DateCame } => RowReason.DateCame,
        _ when notSent => RowReason.NotSent,
        { State: ConversationState.Open } => reopened ? RowReason.CameBack : row.LastAnswerAt is null ? RowReason.NoAnswerYet : RowReason.TheyAnswered,
        { State: ConversationState.Confirmed } => RowReason.Confirmed,
        { End: HappinessEnd.Thanked } => RowReason.Thanked,
        { End: HappinessEnd.Silent } => RowReason.Silent,
        { State: ConversationState.Waiting } => RowReason.TheirTurn,
        { State: ConversationState.Snoozed } => RowReason.Later,
        _ => RowReason.Asked,
    };

    private static async Task<IReadOnlyDictionary<string, string>> Counts(HeliotropeDb db, Actor actor)
    {
        var counts = new Dictionary<string, string>();
        foreach (var view in Views)
        {
            var count = await Named(db.Conversations, view, actor).Select(c => c.Number).Take(CountUpTo + 1).CountAsync();
            counts[view] = count > CountUpTo ? $"{CountUpTo}+" : count.ToString(CultureInfo.CurrentCulture);
        }

        return counts;
    }

    private static string Next(QueueRequest request, string? view, string place) => view is not null
        ? $"/conversations?view={view}&after={place}"
        : $"{Ends.Href(request.From!.Value, request.To ?? request.From!.Value, request.Ending)}&after={place}";

    private static string Place(Row row, bool pressing) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(int)row.Attention}-{Micros((pressing ? row.DueAt : null) ?? row.LastActivityAt)}-{row.Number}");

    private static long Micros(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static (Attention Attention, DateTimeOffset At, long Number)? ReadPlace(string? text) =>
        text?.Split('-') is [var attention, var micros, var number]
        && int.TryParse(attention, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        && long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m < 250_000_000_000_000_000
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? ((Attention)a, DateTimeOffset.UnixEpoch.AddTicks(m * TimeSpan.TicksPerMicrosecond), n)
            : null;
}
