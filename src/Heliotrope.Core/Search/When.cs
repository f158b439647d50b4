using System.Globalization;

namespace Heliotrope.Core.Search;

/// <summary>A piece of a length of time: so many hours, days, weeks, months or years.</summary>
public enum TimeUnit
{
    /// <summary>The calendar itself rather than so long ago.</summary>
    None,
    /// <summary>Minutes; only in lengths.</summary>
    Minutes,
    /// <summary>Hours.</summary>
    Hours,
    /// <summary>Days.</summary>
    Days,
    /// <summary>Weeks.</summary>
    Weeks,
    /// <summary>Months.</summary>
    Months,
    /// <summary>Years.</summary>
    Years,
}

/// <summary>A day, a month or a year of the calendar, or so long ago. Which days these are is known only on a day.</summary>
/// <param name="First">The first day; null when it is said from today.</param>
/// <param name="End">The day after the last one.</param>
/// <param name="Unit">What is counted back.</param>
/// <param name="Back">How many of them; below zero for tomorrow.</param>
public sealed record When(DateOnly? First, DateOnly? End, TimeUnit Unit, int Back)
{
    /// <summary>Years that are written with four digits, with room for counting on both sides.</summary>
    private const int FirstYear = 1900, LastYear = 2999;

    /// <summary>Reads it.</summary>
    /// <param name="text">As it was said.</param>
    /// <returns>When; null when that is no time.</returns>
    public static When? Read(string text) => text.ToLowerInvariant() switch
    {
        "today" => new(null, null, TimeUnit.Days, 0),
        "yesterday" => new(null, null, TimeUnit.Days, 1),
        "tomorrow" => new(null, null, TimeUnit.Days, -1),
        var said when Lengths.Read(said) is var (back, unit) && unit is not TimeUnit.Minutes => new(null, null, unit, back),
        var said => OfCalendar(said),
    };

    /// <summary>The days that are meant.</summary>
    /// <param name="today">Today, where the desk is.</param>
    /// <returns>The first day, and the day after the last one. What is said in hours is not about days: there it is today.</returns>
    public (DateOnly First, DateOnly End) Days(DateOnly today)
    {
        if (First is { } first && End is { } end)
        {
            return (first, end);
        }

        var day = Unit switch
        {
            TimeUnit.Days => today.AddDays(-Back),
            TimeUnit.Weeks => today.AddDays(-7 * Back),
            TimeUnit.Months => today.AddMonths(-Back),
            TimeUnit.Years => today.AddYears(-Back),
            _ => today,
        };
        return (day, day.AddDays(1));
    }

    private static When? OfCalendar(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 3 || !Array.TrueForAll(parts, p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit)) || parts[0].Length != 4)
        {
            return null;
        }

        var numbers = Array.ConvertAll(parts, p => int.Parse(p, CultureInfo.InvariantCulture));
        if (numbers[0] is < FirstYear or > LastYear || (numbers.Length > 1 && numbers[1] is < 1 or > 12)
            || (numbers.Length > 2 && (numbers[2] < 1 || numbers[2] > DateTime.DaysInMonth(numbers[0], numbers[1]))))
        {
            return null;
        }

        var first = new DateOnly(numbers[0], numbers.ElementAtOrDefault(1) is > 0 and var month ? month : 1, numbers.ElementAtOrDefault(2) is > 0 and var day ? day : 1);
        return new(first, numbers.Length switch { 1 => first.AddYears(1), 2 => first.AddMonths(1), _ => first.AddDays(1) }, TimeUnit.None, 0);
    }
}

/// <summary>Lengths of time such as <c>4h</c>, <c>7d</c>, <c>2w</c>, <c>3m</c> and <c>1y</c>.</summary>
internal static class Lengths
{
    /// <summary>A century: beyond it the calendar of a program ends.</summary>
    private const long MostMinutes = 36_525L * 24 * 60;

    /// <summary>How many and of what; null when it is no length.</summary>
    public static (int Count, TimeUnit Unit)? Read(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = text[digits..] switch
        {
            "min" => TimeUnit.Minutes,
            "h" => TimeUnit.Hours,
            "d" => TimeUnit.Days,
            "w" => TimeUnit.Weeks,
            "m" => TimeUnit.Months,
            "y" => TimeUnit.Years,
            _ => TimeUnit.None,
        };
        return digits is > 0 and < 9 && unit is not TimeUnit.None
            && int.Parse(text[..digits], CultureInfo.InvariantCulture) is var count && count * Minutes(unit) <= MostMinutes ? (count, unit) : null;
    }

    /// <summary>How long that is; a month is thirty days.</summary>
    public static TimeSpan Of(int count, TimeUnit unit) => TimeSpan.FromMinutes(count * Minutes(unit));

    private static long Minutes(TimeUnit unit) => unit switch
    {
        TimeUnit.Minutes => 1,
        TimeUnit.Hours => 60,
        TimeUnit.Days => 24 * 60,
        TimeUnit.Weeks => 7 * 24 * 60,
        TimeUnit.Months => 30 * 24 * 60,
        TimeUnit.Years => 365 * 24 * 60,
        _ => 0,
    };
}
