using Heliotrope.Core.Imports;

namespace Heliotrope.Core.Tests.Imports;

public class ForeignDateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2025-03-03T09:00:00Z", "2025-03-03T09:00:00+00:00")]
    [InlineData("2025-03-03T09:00:00+09:00", "2025-03-03T00:00:00+00:00")]
    [InlineData("2025-03-03T09:00:00.1234567Z", "2025-03-03T09:00:00.123456+00:00")]
    [InlineData("2025-03-03 09:00:00 UTC", "2025-03-03T09:00:00+00:00")]
    [InlineData("2025-03-03 09:00:00 +0100", "2025-03-03T08:00:00+00:00")]
    [InlineData("2025-03-03", "2025-03-03T00:00:00+00:00")]
    [InlineData("20250303", "2025-03-03T00:00:00+00:00")]
    [InlineData("1740992400", "2025-03-03T09:00:00+00:00")]
    [InlineData("1740992400000", "2025-03-03T09:00:00+00:00")]
    [InlineData("2026-11-30T18:00:00Z", "2026-11-30T12:00:00+00:00")] // a clock that goes ahead
    public void A_date_is_read_in_the_forms_that_are_about(string text, string read) =>
        Assert.Equal(DateTimeOffset.Parse(read, System.Globalization.CultureInfo.InvariantCulture), ForeignDate.Read(text, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2099-01-01T00:00:00Z")]
    [InlineData("03/04/2025 10:00")]
    [InlineData("2025-13-45T00:00:00Z")]
    [InlineData("99999999999999999999")]
    [InlineData("yesterday")]
    public void What_cannot_be_true_is_no_date(string? text) => Assert.Null(ForeignDate.Read(text, Now));
}
