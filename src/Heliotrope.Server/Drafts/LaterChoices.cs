using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Conversations;

namespace Heliotrope.Server.Drafts;

/// <summary>The times at which a reply usually leaves later. A form names them: what stands in a page since yesterday means another tomorrow.</summary>
internal static class LaterChoices
{
    private const int Morning = 9;

    /// <summary>In order.</summary>
    public static IReadOnlyList<string> All { get; } = ["hour", "tomorrow", "monday"];

    /// <summary>The time that a form means.</summary>
    /// <param name="choice">One of <see cref="All"/>, or <c>at</c> for the time that was typed.</param>
    /// <param name="typed">A day and a time, on the clock of the zone.</param>
    /// <param name="now">Now (UTC).</param>
    /// <param name="zone">Whose clock is meant.</param>
    /// <returns>The time (UTC), or a refusal.</returns>
    public static Result<DateTimeOffset> Read(string choice, string? typed, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var toMonday = ((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7;
        DateTimeOffset? at = choice switch
        {
            "hour" => now.AddHours(1),
            "tomorrow" => SnoozeChoices.At(today.AddDays(1).AddHours(Morning), zone),
            "monday" => SnoozeChoices.At(today.AddDays(toMonday == 0 ? 7 : toMonday).AddHours(Morning), zone),
            _ => SnoozeChoices.Read(null, typed, zone),
        };
        return SendLater.Check(at, now) is { } refusal ? refusal : new DateTimeOffset(at!.Value.UtcTicks - (at.Value.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}
