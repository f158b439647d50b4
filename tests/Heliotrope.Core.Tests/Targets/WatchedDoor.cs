using System.Globalization;
using Heliotrope.Core.Targets;
using NodaTime;

namespace Heliotrope.Core.Tests.Targets;

/// <summary>
/// The hours as somebody would find them who sits before the door for days and notes the clock on the wall each minute: a span is open
/// from the first minute at which the clock shows its opening or later, until the last at which it shows its closing; where it never does, until
/// after the last at which it shows less.
/// Slow and simple, to compare with. It reads the plain form by itself.
/// </summary>
internal sealed class WatchedDoor
{
    private const int DaysWatched = 3;
    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private readonly DateTimeOffset _first;
    private readonly long[] _wall; // minutes since the year 1
    private readonly bool[] _open;
    private readonly string[] _holidays;

    public WatchedDoor(WorkingHours hours, DateTimeOffset middle)
    {
        _first = middle.AddDays(-DaysWatched);
        var zone = DateTimeZoneProviders.Tzdb[hours.Zone];
        _wall = [.. Enumerable.Range(0, 2 * DaysWatched * 1_440).Select(m => Instant.FromDateTimeOffset(_first.AddMinutes(m)).InZone(zone).ToDateTimeUnspecified().Ticks / TimeSpan.TicksPerMinute)];
        _open = new bool[_wall.Length];
        _holidays = [.. hours.Holidays.Split('\n').Select(h => h.Split(' ')[0]).Where(h => h.Length > 0)];
        var date = LocalDate.FromDateTime(_first.DateTime);
        for (var day = date.PlusDays(-2); day <= date.PlusDays((2 * DaysWatched) + 1); day = day.PlusDays(1))
        {
            foreach (var span in SpansOf(hours.Hours, Names[(int)day.DayOfWeek - 1]))
            {
                Watch(day, span.Split('-'));
            }
        }
    }

    /// <summary>Without the first and last two days, of which not everything was seen.</summary>
    public IEnumerable<(DateTimeOffset At, bool Open)> Minutes =>
        Enumerable.Range(2 * 1_440, _open.Length - (4 * 1_440)).Select(m => (_first.AddMinutes(m), _open[m]));

    private void Watch(LocalDate day, string[] span)
    {
        if (IsHoliday(day))
        {
            return;
        }

        var (opens, closes) = (At(day, span[0]), At(day, span[1]));
        closes = closes > opens ? closes : At(day.PlusDays(1), IsHoliday(day.PlusDays(1)) ? "00:00" : span[1]);
        var first = Array.FindIndex(_wall, shown => shown >= opens);
        var closing = Array.LastIndexOf(_wall, closes);
        var last = closing >= 0 ? closing - 1 : Array.FindLastIndex(_wall, shown => shown < closes);
        for (var minute = first; minute >= 0 && minute <= last; minute++)
        {
            _open[minute] = true;
        }
    }

    private bool IsHoliday(LocalDate day)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return _holidays.Contains(date) || _holidays.Contains(date[5..]);
    }

    private static long At(LocalDate day, string clock) =>
        (day.AtMidnight().ToDateTimeUnspecified().Ticks / TimeSpan.TicksPerMinute)
        + (60 * int.Parse(clock[..2], CultureInfo.InvariantCulture)) + int.Parse(clock[3..], CultureInfo.InvariantCulture);

    private static IEnumerable<string> SpansOf(string hours, string name) =>
        from part in hours.Split("; ")
        let words = part.Split(' ')
        where words[0].Split(',').Any(range => Covers(range.Split('-'), name))
        from span in words.Skip(1)
        select span;

    private static bool Covers(string[] ends, string name) =>
        Array.IndexOf(Names, ends[0]) <= Array.IndexOf(Names, name) && Array.IndexOf(Names, name) <= Array.IndexOf(Names, ends[^1]);
}
