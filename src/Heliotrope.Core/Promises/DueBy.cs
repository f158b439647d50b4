using System.Globalization;
using Heliotrope.Core.Targets;
using NodaTime;

namespace Heliotrope.Core.Promises;

/// <summary>By when something is to be done, on the clock of the zone of our working hours.</summary>
/// <param name="Date">The day: the last on which it would be kept.</param>
/// <param name="Time">The time of that day; null when only the day was said.</param>
public readonly record struct DueBy(LocalDate Date, LocalTime? Time)
{
    /// <summary>Longer closed than this is closed for good; it bounds the search.</summary>
    private const int LongestRest = 400;

    /// <summary>As programs write it.</summary>
    /// <returns>ISO 8601 without an offset: <c>2026-12-03T17:00</c>, or <c>2026-12-03</c> where only a day was said.</returns>
    public string ToIso() =>
        Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + Time?.ToString("'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The instant after which it is broken: that time, or where only a day was said the end of our work on it.</summary>
    /// <param name="hours">When we work; its zone is the clock's.</param>
    /// <returns>The time (UTC), never in closed hours: within them or the very instant of closing.</returns>
    public DateTimeOffset At(WorkingHours hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        if (Time is { } time)
        {
            // Of a time that the clock shows twice, the second in which we work counts: the first may have passed.
            var instants = hours.When(Date + time);
            return instants.Where(at => IsWorked(at, hours)).Cast<DateTimeOffset?>().LastOrDefault() ?? hours.Add(instants[^1], TimeSpan.Zero);
        }

        return NextWorkingDay(Date, hours) is { } day ? hours.ClosingOn(day)!.Value : hours.Add(hours.When(Date.AtMidnight())[0], TimeSpan.Zero);
    }

    /// <summary>The day itself when we work on it, else the next on which we do; null when there is none in a year.</summary>
    internal static LocalDate? NextWorkingDay(LocalDate day, WorkingHours hours)
    {
        for (var days = 0; days < LongestRest; days++, day = day.PlusDays(1))
        {
            if (hours.ClosingOn(day) is not null)
            {
                return day;
            }
        }

        return null;
    }

    private static bool IsWorked(DateTimeOffset at, WorkingHours hours) => hours.IsOpen(at) || hours.IsOpen(at.AddTicks(-1));
}
