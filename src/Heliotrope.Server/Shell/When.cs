using System.Globalization;

namespace Heliotrope.Server.Shell;

/// <summary>Times and sizes as a person reads them, in the zone they are in.</summary>
public static class When
{
    /// <summary>"today 11:31", "yesterday 9:05", "Mon 16 Nov 14:00", with the year once it is another one.</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var time = there.ToString("H:mm", CultureInfo.CurrentCulture);
        if (there.Date == today)
            return Words.T("when.today", time);
        if (there.Date == today.AddDays(-1))
            return Words.T("when.yesterday", time);
        if (there.Date == today.AddDays(1))
            return Words.T("when.tomorrow", time);
        return there.ToString(Words.T(there.Year == today.Year ? "when.format.near" : "when.format.far"), CultureInfo.CurrentCulture);
    }

    /// <summary>A date that was ahead when it was written down, which what is tomorrow today is not for long.</summary>
    public static string Future(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        return there.ToString(Words.T(there.Year == TimeZoneInfo.ConvertTime(now, zone).Year ? "when.format.near" : "when.format.far"), CultureInfo.CurrentCulture);
    }

    /// <summary>By when something is due: "by 14:00" today, else as <see cref="Day"/> says it.</summary>
    public static string By(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        return there.Date == TimeZoneInfo.ConvertTime(now, zone).Date ? Words.T("when.by", there.ToString("H:mm", CultureInfo.CurrentCulture)) : Day(at, now, zone);
    }

    /// <summary>The whole moment with its offset, for a closer look.</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(Words.T("when.format.exact"), CultureInfo.CurrentCulture);

    /// <summary>A length in its two largest units: "18 min", "2 h 24", "3 d 4 h".</summary>
    public static string Length(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => Words.T("when.moment"),
        { TotalHours: < 1 } => Words.T("when.minutes", (int)span.TotalMinutes),
        { TotalDays: < 1, Minutes: 0 } => Words.T("when.hours", span.Hours),
        { TotalDays: < 1 } => Words.T("when.hours-minutes", span.Hours, span.Minutes.ToString("00", CultureInfo.InvariantCulture)),
        { TotalDays: < 7, Hours: > 0 } => Words.T("when.days-hours", (int)span.TotalDays, span.Hours),
        _ => Words.T("when.days", (int)span.TotalDays),
    };

    /// <summary>Bytes in the unit a person expects.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => Words.T("size.bytes", bytes),
        < 1024 * 1024 => Words.T("size.kilobytes", (bytes + 512) / 1024),
        _ => Words.T("size.megabytes", (bytes / 1048576.0).ToString("0.#", CultureInfo.CurrentCulture)),
    };
}
