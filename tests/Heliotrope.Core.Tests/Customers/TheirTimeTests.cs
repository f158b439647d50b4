using Heliotrope.Core.Customers;

namespace Heliotrope.Core.Tests.Customers;

public sealed class TheirTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Europe/Berlin", 13, false)]
    [InlineData("America/Los_Angeles", 4, true)]
    [InlineData("Asia/Tokyo", 21, true)]
    [InlineData("Asia/Dubai", 16, false)]
    public void Their_clock_says_whether_it_is_a_time_to_call(string zone, int hour, bool outside)
    {
        var there = TheirTime.In(zone, Noon)!;
        Assert.Equal(hour, there.Local.Hour);
        Assert.Equal(outside, there.OutsideDay);
    }

    [Fact]
    public void A_zone_that_is_gone_has_no_clock() => Assert.Null(TheirTime.In("Europe/Atlantis", Noon));

    [Fact]
    public void A_time_on_their_clock_is_an_instant_also_where_the_clock_jumps()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), TheirTime.At("Europe/Berlin", new(2026, 11, 24, 9, 0, 0)));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), TheirTime.At("Europe/Berlin", new(2026, 3, 29, 2, 30, 0)));
        Assert.Null(TheirTime.At("Europe/Atlantis", new(2026, 11, 24, 9, 0, 0)));
    }

    [Theory]
    [InlineData("ada@client.de", null, 1, "Europe/Berlin")]
    [InlineData("ada@client.uk", null, 0, "Europe/London")]
    [InlineData("ada@client.de", null, -5, "Etc/GMT+5")]
    [InlineData("ada@client.example", "de", 1, "Europe/Berlin")]
    [InlineData("ada@client.example", "en", 0, null)]
    [InlineData("ada@client.example", "de", 0, null)]
    [InlineData("ada@client.example", null, 9, "Etc/GMT-9")]
    public void A_zone_is_guessed_only_where_the_clock_of_the_mail_agrees(string address, string? language, int offset, string? zone)
    {
        Assert.True(EmailAddress.TryParse(address, out var from));
        Assert.Equal(zone, ZoneGuess.Of(from, language, new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(offset))));
    }

    [Theory]
    [InlineData("+49 30 123456", "Europe/Berlin")]
    [InlineData("00351 21 123456", "Europe/Lisbon")]
    [InlineData("030 123456", null)]
    [InlineData("+1 415 555 2671", null)]
    public void A_zone_is_guessed_from_a_phone_of_a_country_with_one_zone(string typed, string? zone)
    {
        Assert.True(PhoneNumber.TryParse(typed, out var phone));
        Assert.Equal(zone, ZoneGuess.Of(phone));
    }

    [Fact]
    public void What_somebody_said_is_never_guessed_over()
    {
        Assert.True(EmailAddress.TryParse("ada@client.example", out var address));
        var ada = Customer.WithAddress(address, "Ada", Noon);
        ada.GuessZone("Europe/Paris");
        Assert.True(ada.ZoneIsGuess);
        ada.GuessZone("Europe/Berlin");
        Assert.Equal("Europe/Berlin", ada.Zone);
        Assert.Null(ada.LiveIn("europe/london"));
        ada.GuessZone("Europe/Berlin");
        Assert.Equal(("Europe/London", false), (ada.Zone, ada.ZoneIsGuess));
        Assert.Equal("zone.unknown", ada.LiveIn("Europe/Atlantis")!.Code);
    }
}
