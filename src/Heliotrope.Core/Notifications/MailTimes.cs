using NodaTime;
using NodaTime.Extensions;

namespace Heliotrope.Core.Notifications;

/// <summary>How soon what was not read goes by mail.</summary>
public enum MailRhythm
{
    /// <summary>Ten minutes later.</summary>
    TenMinutes,

    /// <summary>At once.</summary>
    AtOnce,

    /// <summary>Gathered, at the full hour.</summary>
    Hourly,

    /// <summary>Gathered, at eight in the morning.</summary>
    Daily,

    /// <summary>Never.</summary>
    Off,
}

/// <summary>Hours in which nothing rings and no mail is sent, on the desk's clock.</summary>
/// <param name="From">The minute of the day at which they begin.</param>
/// <param name="To">The minute of the day at which they end; before <paramref name="From"/> when they go past midnight.</param>
public sealed record QuietHours(int From, int To)
{
    /// <summary>The minutes of a day.</summary>
    public const int Day = 24 * 60;

    /// <summary>Whether a minute of the day is within.</summary>
    /// <param name="minute">From 0.</param>
    public bool Contains(int minute) => From <= To ? minute >= From && minute < To : minute >= From || minute < To;
}

/// <summary>When what was not read goes by mail.</summary>
public static class MailTimes
{
    private static readonly Duration Patience = Duration.FromMinutes(10);
    private static readonly LocalTime Morning = new(8, 0);

    /// <summary>The instant from which on it may go (UTC); null for never.</summary>
    /// <param name="rhythm">How soon.</param>
    /// <param name="quiet">When not; null for no such hours.</param>
    /// <param name="at">When it happened (UTC).</param>
    /// <param name="zone">The desk's zone.</param>
    public static DateTimeOffset? DueAt(MailRhythm rhythm, QuietHours? quiet, DateTimeOffset at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var instant = at.ToInstant();
        Instant? due = rhythm switch
        {
            MailRhythm.AtOnce => instant,
            MailRhythm.TenMinutes => instant + Patience,
            MailRhythm.Hourly => NextHour(instant, zone),
            MailRhythm.Daily => Next(Morning, instant, zone),
            _ => null,
        };
        return due is { } there ? AfterQuiet(there, quiet, zone).ToDateTimeOffset() : null;
    }

    /// <summary>Whether an instant lies in quiet hours.</summary>
    /// <param name="quiet">When not; null for no such hours.</param>
    /// <param name="at">The instant (UTC).</param>
    /// <param name="zone">The desk's zone.</param>
    public static bool IsQuiet(QuietHours? quiet, DateTimeOffset at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return quiet?.Contains(MinuteOf(at.ToInstant(), zone)) is true;
    }

    private static Instant AfterQuiet(Instant due, QuietHours? quiet, DateTimeZone zone) =>
        quiet?.Contains(MinuteOf(due, zone)) is true ? Next(LocalTime.Midnight.PlusMinutes(quiet.To), due, zone) : due;

    private static int MinuteOf(Instant at, DateTimeZone zone) => at.InZone(zone).TimeOfDay is var time ? (time.Hour * 60) + time.Minute : 0;

    private static Instant NextHour(Instant at, DateTimeZone zone)
    {
        var time = at.InZone(zone).TimeOfDay;
        return at + Duration.FromHours(1) - Duration.FromNanoseconds(time.NanosecondOfDay % NodaConstants.NanosecondsPerHour);
    }

    /// <summary>The next instant at which the clock shows a time; where it skips that time, the first after it.</summary>
    private static Instant Next(LocalTime time, Instant after, DateTimeZone zone)
    {
        var day = after.InZone(zone).Date;
        var today = zone.AtLeniently(day + time).ToInstant();
        return today > after ? today : zone.AtLeniently(day.PlusDays(1) + time).ToInstant();
    }
}
