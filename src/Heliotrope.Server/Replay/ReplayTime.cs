using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Heliotrope.Server.Replay;

/// <summary>When something happens, as a history says it: by date, before the present week, before now, or after what came before.</summary>
internal sealed partial record ReplayTime(string Text, Func<DateTimeOffset, DateTimeZone, DateTimeOffset, DateTimeOffset> Resolve)
{
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>The instant: told the present, the zone, and the event before. Null where the calendar has ended.</summary>
    public DateTimeOffset? In(DateTimeOffset now, DateTimeZone zone, DateTimeOffset before)
    {
        try
        {
            return Resolve(now, zone, before);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Null when it is none of the forms.</summary>
    public static ReplayTime? Parse(string text)
    {
        text = text.Trim();
        if (WeekForm().Match(text) is { Success: true } week && Clock(week.Groups[3].Value) is { } clock)
        {
            var back = (7 * Number(week.Groups[1].Value)) - Array.IndexOf(Days, week.Groups[2].Value);
            return new(text, (now, zone, _) => Local(MondayOf(now, zone).PlusDays(-back), clock, zone));
        }

        if (DayForm().Match(text) is { Success: true } day && Clock(day.Groups[2].Value) is { } at)
        {
            var later = Number(day.Groups[1].Value);
            return new(text, (_, zone, before) => Local(DayOf(before, zone).PlusDays(later), at, zone));
        }

        if (text.StartsWith('+') && Span(text[1..]) is { } after)
        {
            return new(text, (_, _, before) => before + after);
        }

        if (text.StartsWith('-') && Span(text[1..]) is { } ago)
        {
            return new(text, (now, _, _) => now - ago);
        }

        if (DateForm().Match(text) is { Success: true } date
            && DateOnly.TryParseExact(date.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && Clock(date.Groups[2].Value) is { } hour)
        {
            return new(text, (_, zone, _) => Local(LocalDate.FromDateOnly(local), hour, zone));
        }

        return WithOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant)
            ? new(text, (_, _, _) => instant)
            : null;
    }

    /// <summary>A length such as <c>1d 3h 10m</c>; a day has 24 hours. Null when it is none.</summary>
    public static TimeSpan? Span(string text)
    {
        if (SpanForm().Match(text.Trim()) is not { Success: true } parts || parts.Length == 0)
        {
            return null;
        }

        return new TimeSpan(Number(parts.Groups[1].Value), Number(parts.Groups[2].Value), Number(parts.Groups[3].Value), 0);
    }

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);

    private static LocalTime? Clock(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? LocalTime.FromTimeOnly(time) : null;

    private static LocalDate DayOf(DateTimeOffset at, DateTimeZone zone) => Instant.FromDateTimeOffset(at).InZone(zone).Date;

    private static LocalDate MondayOf(DateTimeOffset now, DateTimeZone zone)
    {
        var today = DayOf(now, zone);
        return today.PlusDays(1 - (int)today.DayOfWeek);
    }

    // An hour that the clocks leave out is moved on by as much; of one that comes twice it is the first.
    private static DateTimeOffset Local(LocalDate day, LocalTime time, DateTimeZone zone) =>
        zone.AtLeniently(day + time).ToInstant().ToDateTimeOffset();

    [GeneratedRegex(@"\A-(\d{1,3})w (Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d\d:\d\d)\z")]
    private static partial Regex WeekForm();

    [GeneratedRegex(@"\A\+(\d{1,4})d (\d\d:\d\d)\z")]
    private static partial Regex DayForm();

    [GeneratedRegex(@"\A(\d{4}-\d\d-\d\d) (\d\d:\d\d)\z")]
    private static partial Regex DateForm();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex WithOffset();

    [GeneratedRegex(@"\A(?:(\d{1,4})d)?(?: ?(\d{1,5})h)?(?: ?(\d{1,5})m)?\z")]
    private static partial Regex SpanForm();
}
