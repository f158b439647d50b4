using Heliotrope.Core.Happiness;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Tests.Platform;

public sealed class ZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z")]
    [InlineData("Europe/Berlin", "2026-03-30", "2026-03-29T22:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00Z")] // one o'clock becomes midnight: midnight comes twice
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00Z")] // midnight becomes one o'clock: there is none
    [InlineData("Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00Z")]
    public void A_day_begins_with_its_first_instant(string zone, string day, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), Zone.StartOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("UTC", 11, 30)]
    [InlineData("Asia/Tokyo", 12, 1)]
    [InlineData("America/Los_Angeles", 11, 30)]
    [InlineData("Pacific/Kiritimati", 12, 1)]
    public void Which_month_it_is_depends_on_where(string zone, int month, int day)
    {
        var late = new DateTimeOffset(2026, 11, 30, 20, 30, 0, TimeSpan.Zero);
        Assert.Equal(new DateOnly(2026, month, day), MonthPair.Of(Zone.DayOf(late, TimeZoneInfo.FindSystemTimeZoneById(zone))).Now.To);
    }
}
