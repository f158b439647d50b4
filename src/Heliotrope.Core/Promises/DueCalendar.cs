using Heliotrope.Core.Targets;
using NodaTime;

namespace Heliotrope.Core.Promises;

/// <summary>Counts from the moment in which something is said, on the clock of our working hours.</summary>
internal sealed class DueCalendar
{
    /// <summary>What is further away is no date that anybody waits for.</summary>
    private const int MostYears = 20;

    private static readonly TimeSpan LongerThanWork = TimeSpan.FromHours(12);

    private readonly WorkingHours _hours;
    private readonly DateTimeOffset _now;
    private readonly LocalTime _time;
    private readonly Dictionary<LocalDate, LocalDate?> _workingDays = []; // looked up once: a long text may say the same day often

    public DueCalendar(DateTimeOffset now, WorkingHours hours)
    {
        _hours = hours;
        _now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        (Today, _time) = hours.Clock(_now);
    }

    /// <summary>The day on which it is said.</summary>
    public LocalDate Today { get; }

    /// <summary>A day of a week: 0 is this week, and at the weekend the coming one, since the work of this one is over.</summary>
    public LocalDate DayOfWeek(int weeks, int day)
    {
        var monday = Today.PlusDays(1 - (int)Today.DayOfWeek);
        return monday.PlusDays(day - 1 + (7 * weeks)) is var found && weeks == 0 && found < Today ? found.PlusDays(7) : found;
    }

    /// <summary>The next such weekday after today.</summary>
    public LocalDate Coming(int weekday) => Today.Next((IsoDayOfWeek)weekday);

    public LocalDate EndOfMonth(int months) => DateAdjusters.EndOfMonth(Today.PlusMonths(months));

    /// <summary>The Friday of a week of the calendar (ISO 8601), the next such week that has not passed.</summary>
    public LocalDate? FridayOfWeek(int week)
    {
        var rule = NodaTime.Calendars.WeekYearRules.Iso;
        return Enumerable.Range(Today.Year - 1, 3)
            .Where(year => week >= 1 && week <= rule.GetWeeksInWeekYear(year, CalendarSystem.Iso))
            .Select(year => (LocalDate?)rule.GetLocalDate(year, week, IsoDayOfWeek.Friday, CalendarSystem.Iso))
            .FirstOrDefault(friday => friday >= Today);
    }

    /// <summary>A date; without a year the next such. Null when there is none, or when the year says that it has passed.</summary>
    public LocalDate? Date(int? year, int month, int day) => year is { } said
        ? (IsDate(said, month, day) && new LocalDate(said, month, day) is var date && date >= Today && said < Today.Year + MostYears ? date : null)
        : Enumerable.Range(Today.Year, 9).Where(y => IsDate(y, month, day)).Select(y => (LocalDate?)new LocalDate(y, month, day)).FirstOrDefault(d => d >= Today);

    /// <summary>A day of a month, or its last when it is shorter.</summary>
    public LocalDate? InMonth(int? year, int month, int day) => Date(year, month, Math.Min(day, CalendarSystem.Iso.GetDaysInMonth(year ?? Today.Year, month)));

    /// <summary>The coming day of a month that was not named.</summary>
    public LocalDate? DayOfMonth(int day) => Enumerable.Range(0, 3).Select(Today.PlusMonths).Select(m => Date(m.Year, m.Month, day)).FirstOrDefault(d => d is not null);

    /// <summary>So many working days on, counted from tomorrow.</summary>
    public LocalDate? WorkingDays(int days)
    {
        LocalDate? day = Today;
        for (; days > 0 && day is { } from; days--)
        {
            day = DueBy.NextWorkingDay(from.PlusDays(1), _hours);
        }

        return day;
    }

    /// <summary>So many days, weeks, months or years on; null when that is too far away to be meant.</summary>
    public LocalDate? Later(double count, DueUnit unit)
    {
        if (count > 400)
        {
            return null;
        }

        var whole = (int)Math.Ceiling(count);
        return unit switch
        {
            DueUnit.WorkingDay => WorkingDays(whole),
            DueUnit.Week => Today.PlusDays((int)Math.Ceiling(7 * count)),
            DueUnit.Month => Today.PlusMonths(whole),
            DueUnit.Year => whole < MostYears ? Today.PlusYears(whole) : null,
            _ => Today.PlusDays(whole),
        };
    }

    /// <summary>So much working time on; what is longer than a working day ("within 24 hours") is meant on the clock that everybody has.</summary>
    public DueBy? After(TimeSpan time) =>
        time > TimeSpan.FromDays(100) ? null
        : time < LongerThanWork ? OnClock(_hours.Add(_now, time))
        : Worked(_hours.Clock(_now + time));

    /// <summary>A day, moved to the next on which we work. Today is over when we have closed.</summary>
    public DueBy? On(LocalDate day)
    {
        if (!_workingDays.TryGetValue(day, out var working))
        {
            _workingDays[day] = working = DueBy.NextWorkingDay(IsOver(day) ? day.PlusDays(1) : day, _hours);
        }

        return working is { } found ? new(found, null) : null;
    }

    /// <summary>When we close on a day, or on the next on which we work.</summary>
    public DueBy? ClosingOn(LocalDate day) => On(day) is { } on ? OnClock(_hours.ClosingOn(on.Date)!.Value) : null;

    /// <summary>
    /// A time of a day; without a day, the next such time. Of an hour that can be meant in two ways it is the one in which we work.
    /// Null when it has passed.
    /// </summary>
    public DueBy? At(LocalDate? day, DueClock clock)
    {
        LocalDate[] days = day is { } said ? [said] : [Today, WorkingDays(1) ?? Today];
        var ahead = (from date in days from time in Choices(clock) let at = date + time where at > Today + _time select at).ToList();
        return ahead.Count == 0 ? null : ahead.Select(Worked).Where((due, i) => due.Date + due.Time == ahead[i]).Append(Worked(ahead[0])).First();
    }

    private DueBy Worked(LocalDateTime at) => OnClock(new DueBy(at.Date, at.TimeOfDay).At(_hours));

    /// <summary>Both halves of the day, the likelier first: we are called at three in the afternoon.</summary>
    private static IEnumerable<LocalTime> Choices(DueClock clock)
    {
        var hour = clock.Hour == 24 ? 0 : clock.Hour;
        if (!clock.EitherHalf || hour == 12)
        {
            return [new(hour, clock.Minute)];
        }

        LocalTime morning = new(hour, clock.Minute), afternoon = new(hour + 12, clock.Minute);
        return hour < 7 ? [afternoon, morning] : [morning, afternoon];
    }

    private bool IsOver(LocalDate day) => day < Today || (day == Today && !(_hours.ClosingOn(day) > _now));

    private DueBy OnClock(DateTimeOffset at) => _hours.Clock(at) is var shown ? new(shown.Date, shown.TimeOfDay) : default;

    private static bool IsDate(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month);
}
