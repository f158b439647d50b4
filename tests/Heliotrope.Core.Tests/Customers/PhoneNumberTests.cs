using Heliotrope.Core.Customers;

namespace Heliotrope.Core.Tests.Customers;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+49 30 123456", "4930123456")]
    [InlineData("+49 (0)30 123456", "4930123456")]
    [InlineData("0049 30/12 34-56", "4930123456")]
    [InlineData(" 030 123456 ", "030123456")]
    [InlineData("(415) 555-2671", "4155552671")]
    public void Numbers_are_read_as_people_write_them_and_kept_as_typed(string typed, string digits)
    {
        Assert.True(PhoneNumber.TryParse(typed, out var phone));
        Assert.Equal(digits, phone.Digits);
        Assert.Equal(typed.Trim(), phone.Typed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("call me")]
    [InlineData("+49 30 123456 ext 7")]
    [InlineData("1234567890123456")]
    [InlineData("30+12345")]
    [InlineData(null)]
    public void What_cannot_be_dialled_is_no_number(string? typed) => Assert.False(PhoneNumber.TryParse(typed, out _));

    [Theory]
    [InlineData("030 123", "30123")]
    [InlineData("+49 (0)30", "4930")]
    [InlineData("12", null)]
    [InlineData("ada 123", null)]
    public void A_part_of_a_number_is_looked_for_without_the_zero_that_is_dialled_here(string typed, string? sought) => Assert.Equal(sought, PhoneNumber.Sought(typed));
}
