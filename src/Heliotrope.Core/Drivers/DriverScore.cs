namespace Heliotrope.Core.Drivers;

/// <summary>How well drivers were told on texts whose driver is known. All figures are from 0 to 1, and null where there is nothing to measure.</summary>
/// <param name="Accuracy">Of the texts that have a driver: how many were given it. To say none of such a text is wrong.</param>
/// <param name="MacroF1">The mean, over the drivers that the texts have, of the harmonic mean of precision and recall.</param>
/// <param name="OutOfScopeRecall">Of the texts that have none: of how many that was said.</param>
/// <param name="OutOfScopePrecision">Of the texts of which none was said: how many have none.</param>
public sealed record DriverScore(double? Accuracy, double? MacroF1, double? OutOfScopeRecall, double? OutOfScopePrecision)
{
    /// <summary>Compares what was said with what is right.</summary>
    /// <param name="answers">For each text the right driver and the one that was said; null for none.</param>
    /// <returns>The figures.</returns>
    public static DriverScore Of(IReadOnlyList<(string? Right, string? Said)> answers)
    {
        var known = answers.Where(answer => answer.Right is not null).ToArray();
        var (right, said) = (known.CountBy(answer => answer.Right!).ToDictionary(), answers.Where(answer => answer.Said is not null).CountBy(answer => answer.Said!).ToDictionary());
        var both = known.Where(answer => answer.Right == answer.Said).CountBy(answer => answer.Right!).ToDictionary();
        var (none, saidNone) = (answers.Count - known.Length, answers.Count(answer => answer.Said is null));
        var bothNone = answers.Count(answer => answer is (null, null));
        return new(
            Share(both.Values.Sum(), known.Length),
            right.Count == 0 ? null : right.Average(driver => 2.0 * both.GetValueOrDefault(driver.Key) / (driver.Value + said.GetValueOrDefault(driver.Key))),
            Share(bothNone, none),
            Share(bothNone, saidNone));
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
