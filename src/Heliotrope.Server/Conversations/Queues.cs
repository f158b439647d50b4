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

    public Task<InboxView> Page(Actor actor, QueueRequest request) => store.Read(async db =>
    {
        var view = IsFigure(request) ? null : request.View is { } named && Views.Contains(named) ? named : "open";
        var tag = await QueueFilters.TagOf(db, request.Tag);
        var matching = view is null ? Behind(db, request) : QueueFilters.Narrow(db, Named(db.Conversations, view, actor), request, tag);
        var pressing = view is "open" or "mine";
        var rows = await Project(db, Ordered(matching, pressing, request.After).Take(PageSize + 1)).ToListAsync();
        var more = rows.Count > PageSize;
        rows = rows[..Math.Min(rows.Count, PageSize)];

        var narrowed = request.Team is not null || tag is not null;
        var first = rows.Count == 0 && !narrowed && !await db.Conversations.AnyAsync();
        var teams = await QueueFilters.Teams(db);
        return new InboxView(
            view,
            view is null ? await Heading(db, request) : null,
            await Counts(db, actor),
            await Rows(db, rows, actor),
            more ? Next(request, view, Place(rows[^1], pressing)) : null,
            first,
            first ? (await Organisation.Of(db)).UsualAddress : null,
            first && await db.Quarantine.AnyAsync(),
            view is null ? await matching.CountAsync() : null,
            teams,
            teams.FirstOrDefault(team => team.Id == request.Team),
            tag?.Name,
            narrowed ? QueueFilters.Shown(await matching.Select(c => c.Number).Take(QueueFilters.CountUpTo + 1).CountAsync()) : null);
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

    private static bool IsFigure(QueueRequest request) =>
        request.From is { } from ? Zone.Counts(from) && Zone.Counts(request.To ?? from) : request.Late is "now";

    private IQueryable<Conversation> Behind(HeliotropeDb db, QueueRequest request)
    {
        var filter = request.Filter ?? new();
        if (request.Late is "now" || request.From is not { } from)
        {
            return BehindFigure.Overdue(db, time.Now(), filter);
        }

        var started = BehindFigure.Started(db, from, request.To ?? from, filter);
        return BehindFigure.Answered(BehindFigure.Ended(started, request.Ending), request.Late);
    }

    private static async Task<string> Heading(HeliotropeDb db, QueueRequest request)
    {
        var names = await Names.Of(db);
        List<string> words = [];
        if (request.Ending is { } ending && Ends.All.Contains(ending))
        {
            words.Add(Words.T("ending." + ending));
        }

        if (request.Late is { } late && BehindFigure.Lates.Contains(late))
        {
            words.Add(Words.T("late." + late));
        }

        words.AddRange(names.Say(request.Filter ?? new()));
        if (request is { From: { } from, Late: not "now" })
        {
            words.Add(Words.T("inbox.behind-figure", from, request.To ?? from));
        }

        return string.Join(" · ", words);
    }

    public static IQueryable<Conversation> Ordered(IQueryable<Conversation> query, bool pressing, string? after)
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
        DateTimeOffset? LastAnswerAt, HappinessEnd? End, string? Assignee, long? AssigneeId, DateTimeOffset? Until, bool Demo);

    private static IQueryable<Row> Project(HeliotropeDb db, IQueryable<Conversation> query) => query.Select(c => new Row(
        c.Number, c.Customer!.Name, c.Subject, c.State, c.Attention, c.WaitingSince, c.AnswerDueAt, c.LastActivityAt, c.LastAnswerAt, c.HappinessEnd,
        db.Users.Where(u => u.Id == c.AssigneeId).Select(u => u.Name).FirstOrDefault(), c.AssigneeId, c.SnoozedUntil, c.Demo));

    private async Task<IReadOnlyList<InboxRow>> Rows(HeliotropeDb db, List<Row> rows, Actor actor)
    {
        var numbers = rows.ConvertAll(r => r.Number);
        var failed = await db.Outbox.Where(o => o.State == OutboxState.Failed && numbers.Contains(o.ConversationNumber)).Select(o => o.ConversationNumber).ToHashSetAsync();
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

    private static string Next(QueueRequest request, string? view, string place) => view is not null
        ? QueueLinks.To("/conversations", view, request.Team, request.Tag) is var here && here.Contains('?', StringComparison.Ordinal) ? $"{here}&after={place}" : $"{here}?after={place}"
        : $"{(request.From is { } from ? Ends.Href(from, request.To ?? from, request.Ending, request.Filter, request.Late) : Ends.OverdueHref(request.Filter ?? new()))}&after={place}";

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
