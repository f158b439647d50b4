using Heliotrope.Core.Conversations;
using Heliotrope.Core.NextQuestion;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.NextQuestion;

/// <summary>Counts every few hours what people ask after what, over the last year, in one pass that holds one customer at a time.</summary>
internal sealed class CountFollowUps(Store store, TimeProvider time, ILogger<CountFollowUps> log)
    : Worker(TimeSpan.FromHours(6), "Next questions could not be counted", log)
{
    /// <summary>So far back: what was asked earlier was asked of another business.</summary>
    public static readonly TimeSpan LookedAt = TimeSpan.FromDays(365);

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        if (!await store.Read(db => Replaying.IsOn(db, time.Now())))
        {
            await Count(cancel);
        }

        return Every;
    }

    /// <summary>Counts once.</summary>
    /// <returns>How many pairs are kept.</returns>
    public async Task<int> Count(CancellationToken cancel)
    {
        var now = time.Now();
        var found = await store.Read(db => Find(db, now, cancel));
        return await store.Write(db => Keep(db, found, now, cancel), cancel);
    }

    /// <summary>The conversations that are counted. Those of private teams are not: their number would tell others of them.</summary>
    public static IQueryable<Conversation> Counted(HeliotropeDb db, DateTimeOffset now)
    {
        var since = now - LookedAt;
        return db.Conversations.WithoutSpam().Where(c => c.DriverId != null && c.HappinessStartedAt >= since && (c.TeamId == null || !db.Teams.Any(t => t.Id == c.TeamId && t.Private)));
    }

    public static IQueryable<Visit> Visits(IQueryable<Conversation> conversations) =>
        conversations.Select(c => new Visit(c.Number, c.CustomerId, c.DriverId!.Value, c.HappinessStartedAt!.Value, c.HappinessEndedAt));

    private static async Task<List<FollowUp>> Find(HeliotropeDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var since = now - LookedAt;
        var added = (await db.NextOffers.Where(o => o.AddedAt != null && o.OfferedAt >= since).Select(o => new { o.ConversationNumber, o.ToDriverId }).ToListAsync(cancel))
            .ToLookup(o => o.ConversationNumber, o => o.ToDriverId);
        var (counts, theirs) = (new FollowUps(now, added), new List<Visit>());
        await foreach (var visit in Visits(Counted(db, now).OrderBy(c => c.CustomerId)).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (theirs.Count > 0 && theirs[0].Customer != visit.Customer)
            {
                counts.Add(theirs);
                theirs.Clear();
            }

            theirs.Add(visit);
        }

        counts.Add(theirs);
        return [.. counts.Result().Where(pair => pair.IsOffered || pair.Effect.Added.Of > 0)];
    }

    private static async Task<int> Keep(HeliotropeDb db, List<FollowUp> found, DateTimeOffset now, CancellationToken cancel)
    {
        var drivers = (await db.Drivers.Select(d => d.Id).ToListAsync(cancel)).ToHashSet(); // one may have gone meanwhile
        var there = await db.NextPairs.ToDictionaryAsync(p => (p.FromDriverId, p.ToDriverId), cancel);
        foreach (var pair in found.Where(pair => drivers.Contains(pair.From) && drivers.Contains(pair.To)))
        {
            if (!there.Remove((pair.From, pair.To), out var row))
            {
                row = db.NextPairs.Add(new() { FromDriverId = pair.From, ToDriverId = pair.To }).Entity;
            }

            row.Take(pair, now);
        }

        db.NextPairs.RemoveRange(there.Values);
        return found.Count;
    }
}
