using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>What somebody has promised, in the order in which it is due, and how they kept it so far.</summary>
/// <param name="Person">Whose day it is.</param>
/// <param name="Broken">What is overdue and still not done.</param>
/// <param name="AtRisk">What is due so soon that it may not be done in time.</param>
/// <param name="Today">What else is due today.</param>
/// <param name="Later">What is due after today.</param>
/// <param name="Record">How they kept what they promised since <paramref name="Since"/>.</param>
/// <param name="Since">The first day of that.</param>
/// <param name="Others">For who leads: what is overdue or at risk with colleagues.</param>
public sealed record DayView(
    UserRef Person, IReadOnlyList<PromiseRow> Broken, IReadOnlyList<PromiseRow> AtRisk, IReadOnlyList<PromiseRow> Today, IReadOnlyList<PromiseRow> Later,
    PromiseRecord Record, DateOnly Since, IReadOnlyList<PromiseRow> Others);

/// <summary>Reads somebody's day. A person sees their own; who leads sees each.</summary>
internal sealed class Day(Store store, TimeProvider time)
{
    private const int Most = 100;

    /// <summary>A quarter of a year: long enough to count, short enough to change.</summary>
    private const int RecordDays = 90;

    public async Task<Result<DayView>> Run(Actor actor, long person)
    {
        if (!actor.MayRead || (!actor.MayLead && actor.Id != person))
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        var today = Zone.DayOf(now);
        return await store.Read<Result<DayView>>(actor, async db =>
        {
            if (await db.Users.Where(u => u.Id == person).Select(u => new UserRef(u.Id, u.Name, u.Email!)).FirstOrDefaultAsync() is not { } user)
            {
                return new Refusal(RefusalKind.NotFound, "user.unknown", "No colleague has this id or mail address.");
            }

            var open = await ListPromises.Rows(db, NotDone(db).Where(p => p.OwnerId == person).OrderBy(p => p.DueAt).Take(Most), now);
            var since = today.AddDays(-RecordDays);
            var states = await new PromiseQuery(person, Since: since).On(db.Promises).GroupBy(p => p.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
            var others = actor.MayLead && actor.Id == person
                ? await ListPromises.Rows(db, NotDone(db).Where(p => p.OwnerId != person && p.RiskAt <= now).OrderBy(p => p.DueAt).Take(Most), now)
                : [];
            var tomorrow = Zone.StartOf(today.AddDays(1));
            return new DayView(
                user,
                open.FindAll(r => r.Promise.State is PromiseState.Broken),
                open.FindAll(r => r.Promise.AtRisk),
                open.FindAll(r => r.Promise is { State: PromiseState.Open, AtRisk: false } && r.Promise.Due < tomorrow),
                open.FindAll(r => r.Promise is { State: PromiseState.Open, AtRisk: false } && r.Promise.Due >= tomorrow),
                PromiseRecord.Of(states.SelectMany(s => Enumerable.Repeat(s.Key, s.Count))),
                since,
                others);
        });
    }

    /// <summary>What still has to be done: open, or overdue.</summary>
    private static IQueryable<Promise> NotDone(HeliotropeDb db) => db.Promises.Where(p =>
        (p.State == PromiseState.Open || (p.State == PromiseState.Broken && p.DoneAt == null)) && !db.Conversations.Any(c => c.Number == p.ConversationNumber && c.IsSpam));
}
