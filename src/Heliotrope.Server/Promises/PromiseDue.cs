using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using NodaTime;

namespace Heliotrope.Server.Promises;

/// <summary>Reads by when something is promised, as programs and forms write it.</summary>
internal static class PromiseDue
{
    private static readonly string[] LocalTimes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <summary>A day, a time on our clock, or a time with its offset.</summary>
    /// <param name="text">ISO 8601.</param>
    /// <param name="hours">When we work: a day ends with our work on it, and a time without an offset is on their clock.</param>
    /// <returns>When, and whether only a day was said; refused with <c>promise.due</c>.</returns>
    public static Result<(DateTimeOffset At, bool DayOnly)> Read(string? text, WorkingHours hours)
    {
        var given = (text ?? "").Trim();
        if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
        {
            return (new DueBy(LocalDate.FromDateOnly(day), null).At(hours), true);
        }

        if (DateTime.TryParseExact(given, LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999)
        {
            return (hours.When(LocalDateTime.FromDateTime(local))[0], false);
        }

        return given.Length > 10 && DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is > 1 and < 9999
            ? (at.ToUniversalTime(), false)
            : Refusal.Invalid("promise.due", "By when is a day such as 2026-12-04, or a time such as 2026-12-04T15:00.", "due");
    }
}
