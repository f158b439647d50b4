namespace Heliotrope.Core.Happiness;

/// <summary>The middle and the slow end of a set of durations.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="P90">Nine in ten took no longer.</param>
public readonly record struct Spread(int Count, TimeSpan Median, TimeSpan P90)
{
    /// <summary>Of fewer than this, nine in ten is little else than the slowest.</summary>
    private const int EnoughForTail = 5;

    /// <summary>Whether the slow end says anything.</summary>
    public bool HasTail => Count >= EnoughForTail;

    /// <summary>How far it reaches as far as it says anything.</summary>
    public TimeSpan Reach => HasTail ? P90 : Median;

    /// <summary>Measures durations, by linear interpolation between the two nearest.</summary>
    /// <param name="durations">The durations, in any order.</param>
    /// <returns>The spread; null when there is nothing to measure.</returns>
    public static Spread? Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? null : new(sorted.Length, At(sorted, 0.5), At(sorted, 0.9));
    }

    private static TimeSpan At(TimeSpan[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }
}
