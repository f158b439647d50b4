namespace Heliotrope.Core.Happiness;

/// <summary>How many conversations ended in each way. The ends stay apart: there is no figure for "happy" here.</summary>
/// <param name="Confirmed">Both questions answered with yes.</param>
/// <param name="Thanked">Closed with thanks.</param>
/// <param name="Silent">No word after our last answer.</param>
/// <param name="Unhappy">Said no.</param>
/// <param name="Unanswered">Not ended yet.</param>
public readonly record struct EndCounts(int Confirmed, int Thanked, int Silent, int Unhappy, int Unanswered)
{
    /// <summary>Everyone who wrote, however it ended.</summary>
    public int Total => Ended + Unanswered;

    /// <summary>Those whose clock has stopped.</summary>
    public int Ended => Confirmed + Thanked + Silent + Unhappy;

    /// <summary>
    /// How much it hurts: the share of the ended ones that ended unhappy, times everybody who wrote. So what is still open counts
    /// as much as what it is likely to become, and a small matter that always goes wrong stays below a large one that often does.
    /// </summary>
    public double Hurt => Ended == 0 ? 0 : (double)Unhappy / Ended * Total;

    /// <summary>Counts ends.</summary>
    /// <param name="ends">How each ended; null for those that have not.</param>
    /// <returns>The counts.</returns>
    public static EndCounts Of(IEnumerable<HappinessEnd?> ends)
    {
        var counts = new int[5];
        foreach (var end in ends)
        {
            counts[end is { } ended ? (int)ended : 4]++;
        }

        return new(counts[(int)HappinessEnd.Confirmed], counts[(int)HappinessEnd.Thanked], counts[(int)HappinessEnd.Silent], counts[(int)HappinessEnd.Unhappy], counts[4]);
    }
}

/// <summary>The order of what hurts, the worst first.</summary>
public static class HurtOrder
{
    /// <summary>Sorts by how much it hurts; what hurts alike by how long it took, then by how many wrote, then by name.</summary>
    /// <typeparam name="T">What is sorted.</typeparam>
    /// <param name="rows">What is sorted.</param>
    /// <param name="ends">How its conversations ended.</param>
    /// <param name="median">How long it took; null when there is nothing to measure.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The worst first.</returns>
    public static IReadOnlyList<T> Sort<T>(IEnumerable<T> rows, Func<T, EndCounts> ends, Func<T, TimeSpan?> median, Func<T, string> name) =>
        [.. rows.OrderByDescending(row => ends(row).Hurt)
            .ThenByDescending(row => median(row) ?? TimeSpan.MinValue)
            .ThenByDescending(row => ends(row).Total)
            .ThenBy(name, StringComparer.Ordinal)];
}
