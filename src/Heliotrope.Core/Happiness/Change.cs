namespace Heliotrope.Core.Happiness;

/// <summary>What changed from one span of days to the one after it.</summary>
/// <param name="Few">One of the two is too small to speak of a change: its conversations are shown one by one.</param>
/// <param name="By">By how much it went up; below zero it went down. Zero when it is the same, or when they are few.</param>
/// <typeparam name="T">What is measured.</typeparam>
public readonly record struct Change<T>(bool Few, T By)
    where T : struct;

/// <summary>Compares figures of two spans of days.</summary>
public static class Change
{
    /// <summary>Fewer than this are few: a share of them says more about chance than about us.</summary>
    public const int Enough = 20;

    /// <summary>How many more there are.</summary>
    /// <param name="now">How many now.</param>
    /// <param name="before">How many before.</param>
    /// <returns>The change, in conversations.</returns>
    public static Change<int> OfCounts(int now, int before) => now < Enough || before < Enough ? new(true, 0) : new(false, now - before);

    /// <summary>How many more in a hundred.</summary>
    /// <param name="part">How many now.</param>
    /// <param name="whole">Of how many.</param>
    /// <param name="partBefore">How many before.</param>
    /// <param name="wholeBefore">Of how many.</param>
    /// <returns>The change, in whole conversations of a hundred.</returns>
    public static Change<int> OfShares(int part, int whole, int partBefore, int wholeBefore) =>
        whole < Enough || wholeBefore < Enough ? new(true, 0) : new(false, InHundred(part, whole) - InHundred(partBefore, wholeBefore));

    /// <summary>How much longer it took.</summary>
    /// <param name="now">The durations now; null when there are none.</param>
    /// <param name="before">The durations before; null when there were none.</param>
    /// <returns>The change of the median, in whole minutes.</returns>
    public static Change<TimeSpan> OfTimes(Spread? now, Spread? before) =>
        now is not { Count: >= Enough } n || before is not { Count: >= Enough } b ? new(true, TimeSpan.Zero)
        : new(false, TimeSpan.FromMinutes(Math.Round((n.Median - b.Median).TotalMinutes, MidpointRounding.AwayFromZero)));

    /// <summary>A share as how many of a hundred.</summary>
    /// <param name="part">How many.</param>
    /// <param name="whole">Of how many.</param>
    /// <returns>From 0 to 100; 0 of nothing.</returns>
    public static int InHundred(int part, int whole) => whole == 0 ? 0 : (int)Math.Round(100.0 * part / whole, MidpointRounding.AwayFromZero);
}
