using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Moments;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Recovery;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Morning;

/// <summary>Reads somebody's morning.</summary>
internal sealed class ReadMorning(Store store, TimeProvider time)
{
    private const int Some = 5;
    private const int Dots = 20;
    private const int Newest = 10;
    private const int Three = 3;

    public Task<MorningView> Run(Actor actor) => store.Read(actor, async db =>
    {
        var now = time.Now();
        var matters = await Matters.Started(db, HappinessScreen.Span(now).From, Zone.DayOf(now), new());
        return new MorningView(await Mine(db, actor, matters, now), actor.MayLead ? await Team(db, matters, now) : null);
    });

    private static IQueryable<Promise> NotDone(HeliotropeDb db) => db.Promises.Where(p =>
        (p.State == PromiseState.Open || (p.State == PromiseState.Broken && p.DoneAt == null)) && db.Conversations.Any(c => c.Number == p.ConversationNumber && !c.IsSpam));

    private static async Task<MyMorning> Mine(HeliotropeDb db, Actor actor, List<MatterFigures> matters, DateTimeOffset now)
    {
        var me = actor.Id ?? 0;
        var tomorrow = Zone.StartOf(Zone.DayOf(now).AddDays(1));
        var due = NotDone(db).Where(p => p.OwnerId == me && (p.DueAt < tomorrow || p.RiskAt <= now));
        var states = await due.Select(p => new { p.State, Risk = p.RiskAt <= now }).ToListAsync();
        var ended = Ended(matters.Where(m => m.Person == me));
        var consistency = Consistency.Measure(ended.Select(m => (m.Grade!.Value, (int)m.Score)));
        return new(
            states.Count(s => s.State is PromiseState.Broken),
            states.Count(s => s is { State: PromiseState.Open, Risk: true }),
            states.Count(s => s is { State: PromiseState.Open, Risk: false }),
            await ListPromises.Rows(db, due.OrderBy(p => p.DueAt).Take(Some), now),
            await RecoveryPages.Open(db, me, Some),
            await RecoveryPages.CountOpen(db, me),
            [.. ended.TakeLast(Dots).Select(m => new MomentDot(m.Number, m.Grade!.Value))],
            consistency.Run,
            await Learn(db, me, matters, now));
    }

    /// <summary>What has ended and was graded, in the order in which it ended.</summary>
    private static List<MatterFigures> Ended(IEnumerable<MatterFigures> matters) => [.. matters.Where(m => m.Grade is not null && m.EndedMicro >= 0).OrderBy(m => m.EndedMicro).ThenBy(m => m.Number)];

    private static async Task<LearnThis?> Learn(HeliotropeDb db, long me, List<MatterFigures> matters, DateTimeOffset now)
    {
        var since = now.AddDays(-CountRemarks.Days);
        var remark = await db.CoachRemarks.Where(r => r.UserId == me && r.At >= since && r.Outcome == RemarkOutcome.Ignored && db.Conversations.Any(c => c.Number == r.ConversationNumber))
            .GroupBy(r => r.Kind).Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(g => g.Count).FirstOrDefaultAsync();
        var mine = matters.FindAll(m => m.Person == me && m.Recovery is RecoveryState.Restored or RecoveryState.Lost);
        var step = Enum.GetValues<RecoveryStepName>().Select(s => (Step: s, Count: mine.Count(m => (m.StepsMissed & (1 << (int)s)) != 0))).MaxBy(s => s.Count);
        var span = HappinessScreen.Span(now);
        return step.Count > (remark?.Count ?? 0)
            ? new(null, step.Step, step.Count, new QueueRequest(null, span.From, span.To, Filter: new(Person: me)) { Figure = "missed-" + Core.Codes.Of(step.Step) }.Href())
            : remark is { Count: > 0 } ? new(remark.Key, null, remark.Count, "/coach/remarks/" + RemarkNames.Of(remark.Key)) : null;
    }

    private static async Task<TeamMorning> Team(HeliotropeDb db, List<MatterFigures> matters, DateTimeOffset now)
    {
        var (today, names) = (Zone.DayOf(now), await Names.Of(db));
        var week = new DaySpan(today.AddDays(-6), today);
        var recent = matters.FindAll(m => week.Holds(m.Day));
        var hurts = HurtOrder.Sort(
            recent.GroupBy(m => m.Driver).Select(g => (Driver: g.Key, Ends: Matters.Count(g))), g => g.Ends, _ => null, g => names.Driver(g.Driver) ?? "")
            .Where(g => g.Ends.Unhappy > 0).Take(Three);
        var waits = await db.Conversations.WithoutSpam().Join(db.Figures.Where(f => f.Recovery == RecoveryState.Open), c => c.Number, f => f.ConversationNumber, (c, f) => new { f.RecoveryWait, c.AssigneeId }).ToListAsync();
        var overdue = await BehindFigure.Overdue(db, now, new()).Select(c => c.AssigneeId).ToListAsync();
        var helped = await db.Users.Where(u => u.LeftAt == null && u.Role != Role.Light).Select(u => new { u.Id, u.Name }).ToListAsync();
        var ended = Ended(matters).ToLookup(m => (long)m.Person);
        var help = helped.Select(u => new NeedsHelp(
                u.Id, u.Name, overdue.Count(a => a == u.Id), waits.Count(w => w.AssigneeId == u.Id), ended[u.Id].TakeLast(Newest).Count(m => m.Grade is MomentGrade.Misery)))
            .Where(n => n.Overdue + n.Misery > 0 || n.Recoveries > 1)
            .OrderByDescending(n => n.Overdue + n.Recoveries + (2 * n.Misery)).ThenBy(n => n.Name, StringComparer.Ordinal).Take(Three);
        return new(
            [.. hurts.Select(h => new DriverHurt(h.Driver, names.Driver(h.Driver), h.Ends.Unhappy, h.Ends.Ended, h.Ends.Total))],
            [.. Frictions.Worst(recent, Three).Select(w => (w, names.Driver(w.Driver)))],
            week.From, week.To,
            waits.GroupBy(w => w.RecoveryWait!.Value).ToDictionary(g => g.Key, g => g.Count()),
            overdue.Count,
            await QueueLists.NeedsPerson(db.Conversations.WithoutSpam()).CountAsync(c => c.AssigneeId == null),
            await NotDone(db).CountAsync(p => p.RiskAt <= now),
            [.. help]);
    }
}
