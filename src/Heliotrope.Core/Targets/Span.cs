using System.Globalization;

namespace Heliotrope.Core.Targets;

/// <summary>Open from one minute of a day to another; a span over midnight closes after minute 1440.</summary>
internal readonly record struct Span(int Opens, int Closes)
{
    /// <summary>The minutes on the clock of one day.</summary>
    public const int Day = 24 * 60;

    /// <summary>Reads <c>09:00-17:00</c>; null when it is not one.</summary>
    public static Span? Read(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || Minutes(text.AsSpan(0, dash)) is not { } opens || Minutes(text.AsSpan(dash + 1)) is not { } closes || opens == Day || opens == closes)
        {
            return null;
        }

        return new(opens, closes > opens ? closes : closes + Day);
    }

    public override string ToString() => $"{Clock(Opens)}-{Clock(Closes > Day ? Closes - Day : Closes)}";

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static int? Minutes(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon is not (1 or 2) || text.Length != colon + 3
            || !int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            || minute > 59)
        {
            return null;
        }

        var minutes = (hour * 60) + minute;
        return minutes <= Day ? minutes : null;
    }
}
