using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Heliotrope.Server.Coach;

/// <summary>How promises of the same kind were kept, so that what is promised next can be kept (docs/method.md, A3).</summary>
/// <param name="Record">What became of them.</param>
/// <param name="NineInTen">The working time within which nine in ten were done; null when that is not known.</param>
internal sealed record PromisesLikeIt(PromiseRecord Record, TimeSpan? NineInTen)
{
    /// <summary>Older ones were kept by other people at other times.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(365);

    /// <summary>A bound on the work; more would change the answer little.</summary>
    private const int Most = 500;

    private const long HalfHour = 30 * NodaConstants.TicksPerMinute;

    public static async Task<PromisesLikeIt> Of(HeliotropeDb db, Deed deed, DateTimeOffset now, WorkingHours hours)
    {
        var since = now - Oldest;
        var made = await db.Promises.Where(p => p.Deed == deed && p.MadeAt >= since).OrderByDescending(p => p.MadeAt).Take(Most)
            .Select(p => new { p.State, p.MadeAt, p.EndedAt, p.DoneAt }).ToListAsync();
        return new(
            PromiseRecord.Of(made.Select(p => p.State)),
            // Of a renegotiated one it is known only that it was not done until then: another one goes on in its place.
            TimeTaken.NineInTen(made.Select(p => new TimeTaken(hours.Between(p.MadeAt, p.DoneAt ?? (p.State is PromiseState.Renegotiated ? p.EndedAt : null) ?? now), p.DoneAt is not null))));
    }

    /// <summary>By when nine in ten would be kept: a half hour of today, or the end of our work on a later day.</summary>
    public DueBy? By(DateTimeOffset now, WorkingHours hours)
    {
        if (NineInTen is not { } working)
        {
            return null;
        }

        var at = hours.Add(now, working);
        var there = hours.Clock(at);
        var ends = hours.Clock(new DueBy(there.Date, null).At(hours));
        var half = there.Date.AtMidnight().PlusMinutes(30 * (there.TimeOfDay.TickOfDay / HalfHour + 1));
        return there.Date == hours.Clock(now).Date && half < ends ? new(half.Date, half.TimeOfDay) : new(ends.Date, ends.TimeOfDay);
    }
}
