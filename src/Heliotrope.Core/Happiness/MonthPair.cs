namespace Heliotrope.Core.Happiness;

/// <summary>Whole days, both included.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public readonly record struct DaySpan(DateOnly From, DateOnly To)
{
    /// <summary>How many days it has.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether a day is one of them.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(DateOnly day) => From <= day && day <= To;
}

/// <summary>This month beside the month before, with the same number of days of each: a month that has only begun looks small beside a whole one.</summary>
/// <param name="Now">Days of this month, from its first.</param>
/// <param name="Before">As many days of the month before, from its first.</param>
public readonly record struct MonthPair(DaySpan Now, DaySpan Before)
{
    /// <summary>The months up to a day. Where the month before is shorter, it ends both: 28 days of March stand beside February.</summary>
    /// <param name="today">The day.</param>
    /// <returns>The two spans.</returns>
    public static MonthPair Of(DateOnly today)
    {
        var first = new DateOnly(today.Year, today.Month, 1);
        var before = first.AddMonths(-1);
        var days = Math.Min(today.Day, DateTime.DaysInMonth(before.Year, before.Month));
        return new(new(first, first.AddDays(days - 1)), new(before, before.AddDays(days - 1)));
    }
}
