using System.Globalization;

namespace Heliotrope.Core.Imports;

/// <summary>Reads dates as other desks write them. What cannot be true is no date: nothing was said before there was mail, nor tomorrow.</summary>
public static class ForeignDate
{
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Clocks differ; more than a day ahead is no difference of clocks.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>Reads a date. One without a zone is taken as UTC.</summary>
    /// <param name="text">ISO 8601, or the seconds or milliseconds since 1970, or a date with a time and UTC behind it.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>The date in UTC, whole microseconds; null when it is none, or cannot be true.</returns>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is < 8 or > 40 || !char.IsAsciiDigit(trimmed[0]))
        {
            return null;
        }

        return trimmed.All(char.IsAsciiDigit) ? Plausible(FromNumber(trimmed), now) : Plausible(FromWords(trimmed), now);
    }

    /// <summary>A date that can be true, in UTC and whole microseconds.</summary>
    /// <param name="at">The date; null for none.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>The date, not after now; null when it cannot be true.</returns>
    public static DateTimeOffset? Plausible(DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } date || date < Earliest || date > now + Ahead)
        {
            return null;
        }

        var utc = (date > now ? now : date).ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond)); // as the databases keep it
    }

    private static DateTimeOffset? FromNumber(string digits)
    {
        const int seconds = 11;
        const int milliseconds = 14;
        return digits.Length == 8 && DateTime.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeSpan.Zero)
            : digits.Length <= seconds ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(digits, CultureInfo.InvariantCulture))
            : digits.Length <= milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(digits, CultureInfo.InvariantCulture))
            : null;
    }

    private static DateTimeOffset? FromWords(string text)
    {
        var plain = text.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase) ? text[..^4] + "Z" : text;
        return plain.Contains('-', StringComparison.Ordinal) // with slashes nobody knows which is the month
            && DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
    }
}
