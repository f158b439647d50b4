using System.Globalization;

namespace Heliotrope.Server.Conversations;

/// <summary>A date that is offered for "later".</summary>
/// <param name="Name">hours, tomorrow, monday or week.</param>
/// <param name="At">The date (UTC).</param>
public sealed record SnoozeChoice(string Name, DateTimeOffset At);

/// <summary>The dates that "later" usually means, and those that a person types, in the zone they are in.</summary>
internal static class SnoozeChoices
{
    private const int Morning = 9;
    private const string Typed = "yyyy-MM-dd'T'HH:mm";

    /// <summary>In order; a date that is named already is not offered twice.</summary>
    public static IReadOnlyList<SnoozeChoice> From(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var toMonday = ((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7;
        var minute = now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute);
        SnoozeChoice[] all =
        [
            new("hours", new DateTimeOffset(minute, TimeSpan.Zero).AddHours(3)),
            new("tomorrow", At(today.AddDays(1).AddHours(Morning), zone)),
            new("monday", At(today.AddDays(toMonday == 0 ? 7 : toMonday).AddHours(Morning), zone)),
            new("week", At(today.AddDays(7).AddHours(Morning), zone)),
        ];
        return [.. all.DistinctBy(choice => choice.At)];
    }

    /// <summary>The instant that a form sent: one that was offered, or a day and time as typed there; null when it is neither.</summary>
    public static DateTimeOffset? Read(string? offered, string? typed, TimeZoneInfo zone) =>
        DateTimeOffset.TryParseExact(offered, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at
        : DateTime.TryParseExact(typed, Typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999 ? At(local, zone)
        : null;

    /// <summary>As a field for a day and a time holds it.</summary>
    public static string Local(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString(Typed, CultureInfo.InvariantCulture);

    /// <summary>A time that clocks skip is the first one after the gap.</summary>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
