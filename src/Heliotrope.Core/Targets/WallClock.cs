using NodaTime;

namespace Heliotrope.Core.Targets;

/// <summary>
/// Tells when the clock on a wall shows a time. It remembers the stretch between two changes in which it last looked, since days are
/// looked through in order and looking into the zone takes most of the time. For one look-through only.
/// </summary>
internal sealed class WallClock(DateTimeZone zone)
{
    /// <summary>A place can skip or repeat a whole day; two days from a change nothing is skipped or shown twice.</summary>
    private const long Margin = 2 * TimeSpan.TicksPerDay;

    private static readonly LocalDateTime Zero = new(1, 1, 1, 0, 0);

    private (long From, long To, long Offset) _calm = (0, 0, 0);

    /// <summary>A time that the clock skips is the instant after the gap; of a time that it shows twice, the first opens and the second closes.</summary>
    /// <param name="shown">What the clock shows, in ticks since the year 1.</param>
    /// <param name="closing">Whether it closes rather than opens.</param>
    /// <returns>The instant, in ticks of UTC since the year 1.</returns>
    public long When(long shown, bool closing)
    {
        var calm = shown - _calm.Offset;
        return calm >= _calm.From && calm < _calm.To ? calm : Look(shown, closing);
    }

    private long Look(long shown, bool closing)
    {
        var found = zone.MapLocal(Zero.PlusTicks(shown));
        var interval = found.LateInterval;
        _calm = (
            interval.HasStart ? Ticks(interval.Start) + Margin : long.MinValue,
            interval.HasEnd ? Ticks(interval.End) - Margin : long.MaxValue,
            interval.WallOffset.Ticks);
        return Ticks(found.Count == 0 ? interval.Start : (closing ? found.Last() : found.First()).ToInstant());
    }

    private static long Ticks(Instant instant) => instant.ToUnixTimeTicks() + DateTimeOffset.UnixEpoch.Ticks;
}
