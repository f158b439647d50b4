using System.Globalization;

namespace Heliotrope.Server.Happiness;

/// <summary>Turns values into places of a drawing whose width is a share and whose height is in pixels.</summary>
internal static class Scale
{
    /// <summary>A share of the width, as an attribute.</summary>
    public static string Share(double part) => (part * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>Pixels, as an attribute.</summary>
    public static string Pixels(double pixels) => pixels.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The middle of a column, as a part of the width.</summary>
    public static double Middle(int column, int columns) => (column + 0.5) / columns;

    /// <summary>A round length at or above the longest, with the step between its lines.</summary>
    public static (TimeSpan Top, TimeSpan Step) Round(TimeSpan longest)
    {
        double[] hours = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 720, 2160, 8760];
        var step = TimeSpan.FromHours(hours.FirstOrDefault(hour => longest.TotalHours <= hour * 4, hours[^1]));
        return (step * Math.Max(1, Math.Ceiling(longest / step)), step);
    }

    /// <summary>Which columns get words below them, so that they do not run into each other.</summary>
    public static bool Labelled(int column, int columns) => (columns - 1 - column) % Math.Max(1, (columns + 3) / 4) == 0;
}
