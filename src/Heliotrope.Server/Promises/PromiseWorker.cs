using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>Watches the time: reminds owners, says aloud that a promise is at risk, and calls one broken once its time has passed.</summary>
internal sealed class PromiseWorker(Store store, Current<TeamRules> rules, TimeProvider time, ILogger<PromiseWorker> log)
    : Worker(TimeSpan.FromSeconds(20), "Promises could not be watched", log)
{
    private const int MostAtOnce = 200;

    /// <summary>At the very instant at which it is due a promise can still be kept.</summary>
    private static readonly TimeSpan JustAfter = TimeSpan.FromSeconds(1);

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (!await store.Read(db => Replaying.IsOn(db, time.Now())) && await WatchSome(cancel) == MostAtOnce)
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }

    /// <summary>Watches those whose time has come.</summary>
    public async Task<int> WatchSome(CancellationToken cancel)
    {
        var now = time.Now();
        return await store.Read(db => Due(db, now).AnyAsync(cancel)) ? await store.Write(db => Watch(db, now, cancel), cancel) : 0;
    }

    /// <summary>The next instant up to another at which something is to be said of a promise.</summary>
    public static async Task<DateTimeOffset?> Next(HeliotropeDb db, DateTimeOffset at, CancellationToken cancel)
    {
        var open = db.Promises.Where(p => p.State == PromiseState.Open);
        var last = at - JustAfter;
        var due = await open.Where(p => p.DueAt <= last).MinAsync(p => (DateTimeOffset?)p.DueAt, cancel);
        var risk = await open.Where(p => !p.RiskSaid && p.RiskAt <= at).MinAsync(p => (DateTimeOffset?)p.RiskAt, cancel);
        var over = due + JustAfter;
        return risk < over ? risk : over ?? risk;
    }

    private static IQueryable<Promise> Due(HeliotropeDb db, DateTimeOffset now) => db.Promises.Where(p =>
        p.State == PromiseState.Open && (p.DueAt < now || (!p.Reminded && p.RemindAt <= now) || (!p.RiskSaid && p.RiskAt <= now)));

    private async Task<int> Watch(HeliotropeDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var due = await Due(db, now).OrderBy(p => p.DueAt).Take(MostAtOnce).ToListAsync(cancel);
        var current = await rules.Get();
        foreach (var promise in due)
        {
            var conversation = (await db.Conversations.FindAsync([promise.ConversationNumber], cancel))!;
            var hours = current.For(conversation).Hours;
            if (promise.Remind(now))
            {
                db.Touched.Add(conversation.Number); // the owner's day is shown anew
            }

            var atRisk = promise.SayRisk(now);
            var broken = promise.Lapse(now);
            if (broken || atRisk)
            {
                conversation.NotePromise(Actor.System, broken ? "broken" : "at-risk", promise.Text, now);
                await TellFirst.Offer(db, promise, hours, now);
                await db.SaveChangesAsync(cancel); // the next promise here finds what was begun for this one
            }
        }

        return due.Count;
    }
}
