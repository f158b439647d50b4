using NodaTime;

namespace Heliotrope.Core.Targets;

/// <summary>
/// When a team works: a zone, hours for each weekday, and holidays. Immutable; equal when the three texts are.
/// Working time is time that really passes: a team opens the first time that its clock shows the opening time or later, and closes the
/// last time that it shows the closing time. So a day on which clocks change is longer or shorter for who is open through the change.
/// Every answer is in UTC. Nothing looks further ahead than <see cref="Horizon"/>, which bounds the work.
/// </summary>
public sealed class WorkingHours : IEquatable<WorkingHours>
{
    /// <summary>The longest text of hours or of holidays, in characters: a bound on what is read, kept and looked through.</summary>
    public const int MaxText = 10_000;

    /// <summary>A hundred years.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(36_525);

    /// <summary>Closed from here on, because the times of these days do not all exist.</summary>
    private static readonly LocalDate LastDay = new(9999, 12, 28);

    private static readonly Dictionary<string, string> ZoneNames =
        DateTimeZoneProviders.Tzdb.Ids.ToDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    private readonly DateTimeZone _zone;
    private readonly Week _week;
    private readonly Holidays _holidays;

    private WorkingHours(DateTimeZone zone, Week week, Holidays holidays)
    {
        (_zone, _week, _holidays) = (zone, week, holidays);
        (Zone, Hours, Holidays) = (zone.Id, week.ToString(), holidays.ToString());
    }

    /// <summary>Monday to Friday, nine to five, UTC, no holidays.</summary>
    public static WorkingHours Usual { get; } = Parse("UTC", "Mon-Fri 09:00-17:00", "").Value;

    /// <summary>The name of the zone in the tz database, such as <c>Europe/Berlin</c>.</summary>
    public string Zone { get; }

    /// <summary>The hours in their plainest form, such as <c>Mon-Fri 09:00-17:00; Sat 10:00-14:00</c>.</summary>
    public string Hours { get; }

    /// <summary>The holidays, one a line: those of every year first, then those of one year. Empty when there are none.</summary>
    public string Holidays { get; }

    /// <summary>Reads the three texts. docs/develop/how-answer-targets-are-counted.md says how they are written.</summary>
    /// <param name="zone">A name of the tz database; upper and lower case are alike.</param>
    /// <param name="hours">The hours of the week.</param>
    /// <param name="holidays">The holidays; may be empty.</param>
    /// <returns>The hours; refused with <c>zone.unknown</c>, <c>hours.malformed</c> or <c>holidays.malformed</c>.</returns>
    public static Result<WorkingHours> Parse(string zone, string hours, string holidays)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentNullException.ThrowIfNull(holidays);
        return ZoneNames.TryGetValue(zone.Trim(), out var name)
            ? Week.Parse(hours).Match(
                week => Targets.Holidays.Parse(holidays).Match<Result<WorkingHours>>(
                    days => new WorkingHours(DateTimeZoneProviders.Tzdb[name], week, days),
                    refusal => refusal),
                refusal => refusal)
            : Refusal.Invalid("zone.unknown", $"There is no time zone {Piece.Of(zone)}. A name such as Europe/Berlin, America/New_York or UTC is needed.", "zone");
    }

    /// <summary>When it opens on a weekday, and when it closes again.</summary>
    /// <param name="day">The weekday.</param>
    /// <returns>In minutes on the clock of that day, in order; what closes after 1440 closes on the day after.</returns>
    public IReadOnlyList<(int Opens, int Closes)> SpansOf(DayOfWeek day) =>
        [.. _week[day is DayOfWeek.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)(int)day].Select(span => (span.Opens, span.Closes))];

    /// <summary>Whether somebody works at a time. The opening instant counts, the closing instant does not.</summary>
    /// <param name="at">The time.</param>
    /// <returns>Whether it is within the hours.</returns>
    public bool IsOpen(DateTimeOffset at) => OpenBetween(at.UtcTicks, at.UtcTicks + 1).Any();

    /// <summary>
    /// The instant at which so much working time has passed. It is within the hours or the very instant of closing;
    /// without any working time it is the next opening, or <paramref name="from"/> itself when open.
    /// </summary>
    /// <param name="from">When the time begins to run.</param>
    /// <param name="working">How much; less than nothing counts as nothing.</param>
    /// <returns>The instant (UTC). When it is further away than <see cref="Horizon"/>, or never comes, the time that far after <paramref name="from"/>, or the last of the calendar.</returns>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan working)
    {
        var left = Math.Max(0, working.Ticks);
        var end = HorizonOf(from.UtcTicks);
        foreach (var (opens, closes) in OpenBetween(from.UtcTicks, end))
        {
            if (closes - opens >= left)
            {
                return At(opens + left);
            }

            left -= closes - opens;
        }

        return At(end);
    }

    /// <summary>How much working time passes between two times.</summary>
    /// <param name="from">The earlier.</param>
    /// <param name="to">The later; zero comes out when it is not later. What lies beyond <see cref="Horizon"/> after <paramref name="from"/> is not counted.</param>
    /// <returns>The working time.</returns>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) =>
        new(OpenBetween(from.UtcTicks, Math.Min(to.UtcTicks, HorizonOf(from.UtcTicks))).Sum(open => open.Closes - open.Opens));

    /// <summary>What the clock of the zone shows at an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>The time on the wall.</returns>
    public LocalDateTime Clock(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(_zone).LocalDateTime;

    /// <summary>When the clock of the zone shows a time.</summary>
    /// <param name="shown">The time on the wall; its year is one of the calendar of <see cref="DateTimeOffset"/>.</param>
    /// <returns>The instants (UTC): both where it is shown twice; where it is skipped, the instant after the gap.</returns>
    public IReadOnlyList<DateTimeOffset> When(LocalDateTime shown)
    {
        var found = _zone.MapLocal(shown);
        Instant[] instants = found.Count switch
        {
            0 => [found.LateInterval.Start],
            1 => [found.Single().ToInstant()],
            _ => [found.First().ToInstant(), found.Last().ToInstant()],
        };
        return Array.ConvertAll(instants, instant => instant.ToDateTimeOffset());
    }

    /// <summary>The last instant of a day until which the team works.</summary>
    /// <param name="date">The day on the clock of the zone.</param>
    /// <returns>When it closes (UTC), midnight when it works on into the next day; null when it is closed all day.</returns>
    public DateTimeOffset? ClosingOn(LocalDate date)
    {
        if (date >= LastDay)
        {
            return null;
        }

        var (begins, ends) = (When(date.AtMidnight())[0], When(date.PlusDays(1).AtMidnight())[0]);
        return OpenBetween(begins.UtcTicks, ends.UtcTicks).Select(open => (DateTimeOffset?)At(open.Closes)).LastOrDefault();
    }

    /// <inheritdoc/>
    public bool Equals(WorkingHours? other) =>
        other is not null && (Zone, Hours, Holidays) == (other.Zone, other.Hours, other.Holidays);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WorkingHours);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Zone, Hours, Holidays);

    /// <inheritdoc/>
    public override string ToString() => $"{Hours} ({Zone})";

    private static DateTimeOffset At(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    private static long HorizonOf(long from) => Math.Min(from, DateTimeOffset.MaxValue.Ticks - Horizon.Ticks) + Horizon.Ticks;

    /// <summary>The open times between two, in order and without a doubly counted instant; two may touch. In ticks of UTC.</summary>
    private IEnumerable<(long Opens, long Closes)> OpenBetween(long from, long to)
    {
        // Zones are less than a day away from UTC, and a span that began the day before may run: no day outside of these matters.
        var clock = new WallClock(_zone);
        var last = LocalDate.Min(DateOf(to), LastDay.PlusDays(-1)).PlusDays(1);
        var midnight = (from / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay) - (3 * TimeSpan.TicksPerDay);
        for (var day = DateOf(from).PlusDays(-3); day <= last; day = day.PlusDays(1), midnight += TimeSpan.TicksPerDay)
        {
            var spans = _week[day.DayOfWeek];
            if (spans.Count == 0 || _holidays.Contains(day))
            {
                continue;
            }

            var longest = _holidays.Contains(day.PlusDays(1)) ? Span.Day : int.MaxValue;
            foreach (var span in spans)
            {
                // What was open before is not open anew: when clocks go back, a span can open before the one before it has closed.
                var opens = Math.Max(from, clock.When(midnight + (span.Opens * TimeSpan.TicksPerMinute), closing: false));
                var closes = Math.Min(to, clock.When(midnight + (Math.Min(span.Closes, longest) * TimeSpan.TicksPerMinute), closing: true));
                if (opens >= to)
                {
                    yield break;
                }

                if (opens < closes)
                {
                    yield return (opens, closes);
                    from = closes;
                }
            }
        }
    }

    private static LocalDate DateOf(long utcTicks) => LocalDate.FromDateTime(new(Math.Min(utcTicks, DateTime.MaxValue.Ticks)));
}
