using System.Diagnostics;
using System.Globalization;

namespace Heliotrope.Bench;

/// <summary>Percentiles, clocks and table rows.</summary>
public static class Figures
{
    /// <summary>The nearest-rank percentile: a value that was really measured.</summary>
    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>Pearson's correlation of pairs.</summary>
    public static double Correlation(IReadOnlyList<(double A, double B)> pairs)
    {
        var (a, b) = (pairs.Average(pair => pair.A), pairs.Average(pair => pair.B));
        return pairs.Sum(pair => (pair.A - a) * (pair.B - b))
            / Math.Sqrt(pairs.Sum(pair => (pair.A - a) * (pair.A - a)) * pairs.Sum(pair => (pair.B - b) * (pair.B - b)));
    }

    /// <summary>Milliseconds since <paramref name="start"/> (of <see cref="Stopwatch.GetTimestamp"/>).</summary>
    public static double MillisecondsSince(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;

    /// <summary>Prints a row of a Markdown table.</summary>
    public static void Row(params IEnumerable<object> cells) =>
        Console.WriteLine($"| {string.Join(" | ", cells.Select(cell => cell switch
        {
            double number => number.ToString(number >= 100 ? "N0" : number >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString("N0", CultureInfo.InvariantCulture),
            _ => cell.ToString(),
        }))} |");

    /// <summary>Prints the two first rows of a Markdown table, after a line about the machine.</summary>
    public static void Head(params IReadOnlyList<string> cells)
    {
        var cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores of {cpu ?? "an unknown kind"}, .NET {Environment.Version}");
        Console.WriteLine();
        Row(cells);
        Row(cells.Select(_ => "---"));
    }
}
