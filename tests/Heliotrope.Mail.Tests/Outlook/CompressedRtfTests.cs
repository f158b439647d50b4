using System.Text;
using Heliotrope.Mail.Outlook;

namespace Heliotrope.Mail.Tests.Outlook;

public sealed class CompressedRtfTests
{
    /// <summary>The examples of MS-OXRTFCP section 3.</summary>
    [Theory]
    [InlineData("2D0000002B0000004C5A4675F1C5C7A703000A007263706731323542320AF32068656C090020627705B06C647D0A800FA0", "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")]
    [InlineData("1A0000001C0000004C5A4675E2D44B51410004205758595A0D6E7D010EB0", "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}")]
    [InlineData("0D000000050000004D454C4100000000" + "68656C6C6F", "hello")]
    public void What_is_packed_is_unpacked(string hex, string rtf) =>
        Assert.Equal(rtf, Encoding.ASCII.GetString(CompressedRtf.Unpack(Convert.FromHexString(hex), 1000)!));

    [Fact]
    public void The_dictionary_begins_as_long_as_the_specification_says() => Assert.Equal(207, CompressedRtf.Beginning.Length);

    [Theory]
    [InlineData("")]
    [InlineData("2D0000002B0000004C5A4675F1C5C7")]
    [InlineData("2D0000002B000000AAAAAAAAF1C5C7A703000A00")]
    public void What_is_not_packed_this_way_is_none(string hex) => Assert.Null(CompressedRtf.Unpack(Convert.FromHexString(hex), 1000));

    [Fact]
    public void A_size_that_is_only_claimed_gets_no_room() =>
        Assert.True(CompressedRtf.Unpack(Convert.FromHexString("2D000000FFFFFF7F4C5A4675F1C5C7A703000A00"), int.MaxValue)!.Length <= 4 * 9);

    [Fact]
    public void It_ends_at_the_limit() =>
        Assert.Equal("{\\rtf1 WX", Encoding.ASCII.GetString(CompressedRtf.Unpack(Convert.FromHexString("1A0000001C0000004C5A4675E2D44B51410004205758595A0D6E7D010EB0"), 9)!));
}
