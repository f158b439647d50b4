using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Tests.Targets;

public sealed class WorkingHoursTextTests
{
    [Theory]
    [InlineData("Mon-Fri 09:00-12:30 13:30-18:00; Sat 10:00-14:00", "Mon-Fri 09:00-12:30 13:30-18:00; Sat 10:00-14:00")]
    [InlineData(" mon,TUE , wed 9:00-17:00 ;", "Mon-Wed 09:00-17:00")]
    [InlineData("Mon Wed 13:00 - 14:00, 09:00–10:00", "Mon,Wed 09:00-10:00 13:00-14:00")]
    [InlineData("Sun-Thu 08:00-16:00", "Mon-Thu,Sun 08:00-16:00")]
    [InlineData("Sat 10:00-14:00\r\nMon-Mon 09:00-10:00", "Mon 09:00-10:00; Sat 10:00-14:00")]
    [InlineData("Mon 09:00-12:00; Mon 13:00-15:00", "Mon 09:00-12:00 13:00-15:00")]
    [InlineData("Mon 09:00-12:00 12:00-15:00", "Mon 09:00-15:00")]
    [InlineData("Mon 22:00-00:00", "Mon 22:00-24:00")]
    [InlineData("Mon 20:00-22:00 22:00-06:00", "Mon 20:00-06:00")]
    [InlineData("Mon 00:00-12:00 12:00-11:00", "Mon 00:00-12:00 12:00-11:00")] // 35 hours cannot be one span
    [InlineData("Mon 06:00-12:00 12:00-06:00", "Mon 06:00-12:00 12:00-06:00")]
    [InlineData("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00")]
    [InlineData("Mon-Sun 22:00-06:00", "Mon-Sun 22:00-06:00")]
    public void Hours_have_one_plain_form(string text, string plain)
    {
        var hours = WorkingHours.Parse("UTC", text, "").Value;
        Assert.Equal(plain, hours.Hours);
        Assert.Equal(hours, WorkingHours.Parse("UTC", plain, "").Value);
        Assert.Equal(plain, WorkingHours.Parse("UTC", plain, "").Value.Hours);
    }

    [Theory]
    [InlineData("", "no hours")]
    [InlineData(" ;\n; ", "no hours")]
    [InlineData("Mon-Fri", "\"Mon-Fri\" lacks its times")]
    [InlineData("09:00-17:00", "\"09:00-17:00\" lacks its days")]
    [InlineData("Mon-Fri 09:00-17:00; Montag 09:00-17:00", "\"Montag\"")]
    [InlineData("Mon-Wed-Fri 09:00-17:00", "\"Mon-Wed-Fri\"")]
    [InlineData("Mon, 09:00-17:00 Tue 09:00-17:00", "\"Tue\"")]
    [InlineData("Mon 09:00", "\"09:00\"")]
    [InlineData("Mon 9-17", "\"9-17\"")]
    [InlineData("Mon 09:00-17:60", "\"09:00-17:60\"")]
    [InlineData("Mon 09:00-24:01", "\"09:00-24:01\"")]
    [InlineData("Mon 24:00-06:00", "\"24:00-06:00\"")]
    [InlineData("Mon 09:00-09:00", "\"09:00-09:00\"")]
    [InlineData("Mon -1:00-09:00", "\"Mon-1:00-09:00\"")]
    [InlineData("Mon 09:00-17:00-18:00", "\"09:00-17:00-18:00\"")]
    [InlineData("Mon 09:00-12:00 11:59-15:00", "Mon 11:59-15:00 begins before Mon 09:00-12:00 ends")]
    [InlineData("Mon 09:00-12:00; Mon-Fri 09:00-12:00", "Mon 09:00-12:00 begins before Mon 09:00-12:00 ends")]
    [InlineData("Mon 22:00-06:00; Tue 05:00-08:00", "Tue 05:00-08:00 begins before Mon 22:00-06:00 ends")]
    [InlineData("Sun 22:00-06:00; Mon 05:00-08:00", "Mon 05:00-08:00 begins before Sun 22:00-06:00 ends")]
    public void Hours_that_cannot_be_read_are_refused_with_the_piece_that_is_wrong(string text, string says)
    {
        var refusal = WorkingHours.Parse("UTC", text, "").Refusal;
        Assert.Equal(("hours.malformed", "hours"), (refusal?.Code, refusal?.Field));
        Assert.Contains(says, refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_opens_a_dozen_times_at_most()
    {
        var spans = Enumerable.Range(8, 12).Select(h => $"{h:00}:00-{h:00}:30").ToArray();
        Assert.Null(WorkingHours.Parse("UTC", $"Mon {string.Join(' ', spans)}", "").Refusal);
        Assert.Contains("Mon", WorkingHours.Parse("UTC", $"Mon {string.Join(' ', spans)} 20:00-20:30", "").Refusal?.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" , \r\n,", "")]
    [InlineData("2026-12-25 Christmas Day", "2026-12-25 Christmas Day")]
    [InlineData("2027-01-01, 2026-12-24  Half \t a day ,12-25 Christmas Day,01-01", "01-01\n12-25 Christmas Day\n2026-12-24 Half a day\n2027-01-01")]
    [InlineData("12-25\r\n12-25 Christmas Day\n12-25 Weihnachten", "12-25 Christmas Day")]
    [InlineData("02-29 Leap day", "02-29 Leap day")]
    [InlineData("05-01 Ημέρα 🌻", "05-01 Ημέρα 🌻")]
    public void Holidays_have_one_plain_form(string text, string plain)
    {
        var hours = WorkingHours.Parse("UTC", "Mon 09:00-10:00", text).Value;
        Assert.Equal(plain, hours.Holidays);
        Assert.Equal(hours, WorkingHours.Parse("UTC", "Mon 09:00-10:00", plain).Value);
    }

    [Theory]
    [InlineData("Christmas Day", "\"Christmas Day\"")]
    [InlineData("12-25, 25.12.2026", "\"25.12.2026\"")]
    [InlineData("2026-02-29", "\"2026-02-29\"")]
    [InlineData("02-30", "\"02-30\"")]
    [InlineData("13-01", "\"13-01\"")]
    [InlineData("0000-01-01", "\"0000-01-01\"")]
    [InlineData("12-25Christmas", "\"12-25Christmas\"")]
    [InlineData("12-25 A\0B", "\"12-25 A\ufffdB\"")]
    [InlineData("12-99 A very long word about a day on which nobody works", "\"12-99 A very long word about a day on wh…\"")]
    public void Holidays_that_cannot_be_read_are_refused_with_the_piece_that_is_wrong(string text, string says)
    {
        var refusal = WorkingHours.Parse("UTC", "Mon 09:00-10:00", text).Refusal;
        Assert.Equal(("holidays.malformed", "holidays"), (refusal?.Code, refusal?.Field));
        Assert.Contains(says, refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_no_name() =>
        Assert.Equal("holidays.malformed", WorkingHours.Parse("UTC", "Mon 09:00-10:00", "12-25 " + '\ud83c').Refusal?.Code);

    [Theory]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData(" UTC ", "UTC")]
    [InlineData("Asia/Calcutta", "Asia/Calcutta")]
    public void A_zone_is_found_by_its_name(string given, string zone) =>
        Assert.Equal(zone, WorkingHours.Parse(given, "Mon 09:00-10:00", "").Value.Zone);

    [Theory]
    [InlineData("")]
    [InlineData("Berlin")]
    [InlineData("+01:00")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../../etc/passwd")]
    public void A_zone_without_a_name_is_refused(string zone)
    {
        var refusal = WorkingHours.Parse(zone, "Mon 09:00-10:00", "").Refusal;
        Assert.Equal(("zone.unknown", "zone"), (refusal?.Code, refusal?.Field));
        Assert.Contains($"\"{zone}\"", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_before_it_is_read()
    {
        var blank = new string(' ', WorkingHours.MaxText);
        Assert.Null(WorkingHours.Parse("UTC", ("Mon 09:00-10:00" + blank)[..WorkingHours.MaxText], blank).Refusal);
        Assert.Contains("longer", WorkingHours.Parse("UTC", "Mon 09:00-10:00" + blank, "").Refusal?.Detail, StringComparison.Ordinal);
        Assert.Contains("longer", WorkingHours.Parse("UTC", "Mon 09:00-10:00", blank + " ").Refusal?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_are_equal_when_all_three_texts_are()
    {
        var usual = WorkingHours.Usual;
        Assert.Equal(("UTC", "Mon-Fri 09:00-17:00", ""), (usual.Zone, usual.Hours, usual.Holidays));
        Assert.Equal(usual.GetHashCode(), WorkingHours.Parse("utc", "Fri,Mon-Thu 9:00-17:00", ",").Value.GetHashCode());
        Assert.Equal(usual, WorkingHours.Parse("utc", "Fri,Mon-Thu 9:00-17:00", ",").Value);
        Assert.NotEqual(usual, WorkingHours.Parse("Europe/London", "Mon-Fri 09:00-17:00", "").Value);
        Assert.NotEqual(usual, WorkingHours.Parse("UTC", "Mon-Fri 09:00-16:00", "").Value);
        Assert.NotEqual(usual, WorkingHours.Parse("UTC", "Mon-Fri 09:00-17:00", "12-25").Value);
    }
}
