using System.Globalization;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Tests.Shell;

public class WhenTests
{
    [Theory]
    [InlineData(20, "a moment")]
    [InlineData(18 * 60, "18 min")]
    [InlineData(3600, "1 h")]
    [InlineData((2 * 3600) + (5 * 60), "2 h 05")]
    [InlineData(27 * 3600, "1 d 3 h")]
    [InlineData(9 * 86400, "9 d")]
    public void A_length_is_told_in_its_two_largest_units(int seconds, string words) =>
        Assert.Equal(words, When.Length(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Today_and_yesterday_are_those_of_the_viewers_zone()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
        var east = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(9), null, null);
        var now = new DateTimeOffset(2026, 11, 19, 16, 0, 0, TimeSpan.Zero);

        Assert.Equal("today 1:00", When.Day(now, now, east));
        Assert.Equal("yesterday 23:30", When.Day(now.AddHours(-1.5), now, east));
        Assert.Equal("today 14:30", When.Day(now.AddHours(-1.5), now, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("en", "today 16:00", "Mon 16 Nov 16:00", "19 Nov 2025 16:00", "Monday 16 November 2026, 16:00:00 +00:00")]
    [InlineData("de", "heute 16:00", "Mo 16. Nov. 16:00", "19. Nov. 2025 16:00", "Montag, 16. November 2026, 16:00:00 +00:00")]
    public void Times_are_written_as_the_language_writes_them(string language, string today, string near, string far, string exact)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var now = new DateTimeOffset(2026, 11, 19, 16, 0, 0, TimeSpan.Zero);

        Assert.Equal(today, When.Day(now, now, TimeZoneInfo.Utc));
        Assert.Equal(near, When.Day(now.AddDays(-3), now, TimeZoneInfo.Utc));
        Assert.Equal(far, When.Day(now.AddYears(-1), now, TimeZoneInfo.Utc));
        Assert.Equal(exact, When.Exact(now.AddDays(-3), TimeZoneInfo.Utc));
    }
}
