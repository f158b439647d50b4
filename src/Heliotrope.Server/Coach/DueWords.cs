using System.Globalization;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using NodaTime;

namespace Heliotrope.Server.Coach;

/// <summary>Says by when something is due.</summary>
internal static class DueWords
{
    /// <summary>"today, 17:00", "Thursday 3 December"; with the zone where it is another one than the desk's.</summary>
    public static DueView Of(DueBy due, DateTimeOffset now, WorkingHours hours)
    {
        var day = Day(due.Date, hours.Clock(now).Date);
        var words = due.Time is { } time ? Words.T("coaching.day-and-time", day, time.ToString("H:mm", CultureInfo.CurrentCulture)) : day;
        return new(due.Time is not null && IsElsewhere(due, hours) ? $"{words} ({hours.Zone})" : words, due.ToIso());
    }

    private static string Day(LocalDate day, LocalDate today) =>
        day == today ? Words.T("promise.today")
        : day == today.PlusDays(1) ? Words.T("promise.tomorrow")
        : day.ToDateTimeUnspecified().ToString(Words.T(day.Year == today.Year ? "coaching.format.day" : "coaching.format.far-day"), CultureInfo.CurrentCulture);

    private static bool IsElsewhere(DueBy due, WorkingHours hours)
    {
        var at = due.At(hours);
        return TimeZoneInfo.ConvertTime(at, Zone.Here).DateTime != hours.Clock(at).ToDateTimeUnspecified();
    }
}
