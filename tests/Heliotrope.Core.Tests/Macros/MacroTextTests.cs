using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Macros;

namespace Heliotrope.Core.Tests.Macros;

public class MacroTextTests
{
    private static string? Value(string field) => field switch
    {
        "customer.first_name" => "Ada",
        "promise.due" => "Friday, 14:00",
        _ => null,
    };

    [Fact]
    public void Fields_are_filled_and_each_says_where_it_stands()
    {
        var filled = MacroText.Fill("Hello {{customer.first_name}}, by {{ Promise.Due }}.", Value);
        Assert.Equal("Hello Ada, by Friday, 14:00.", filled.Text);
        Assert.Equal([new(6, 3, "customer.first_name", false, false), new(14, 13, "promise.due", false, false)], filled.Pieces);
    }

    [Fact]
    public void What_has_no_value_has_its_fallback_or_stands_and_cannot_be_sent()
    {
        Assert.Equal("Hello there", MacroText.Fill("Hello {{customer.name | there}}", Value).Text);
        Assert.True(MacroText.Fill("Hello {{customer.name|there}}", Value).Pieces.Single().Fallback);
        Assert.Equal("Hello ", MacroText.Fill("Hello {{customer.name | }}", Value).Text);
        var missing = MacroText.Fill("Hello {{customer.name}}", Value);
        Assert.True(missing.Pieces.Single().Missing);
        Assert.Equal("reply.merge-field", Conversation.CheckReply(missing.Text)?.Code);
    }

    [Fact]
    public void A_value_is_never_read_as_a_field() =>
        Assert.Equal("{{customer.first_name}}", MacroText.Fill("{{customer.name}}", field => field == "customer.name" ? "{{customer.first_name}}" : "Ada").Text);

    [Theory]
    [InlineData("Hello {{customer.firstname}}", "customer.firstname")]
    [InlineData("{{ 7 }}", "7")]
    [InlineData("Hello {{customer.name}} {{customer.fields.Serial number | none}}", null)]
    [InlineData("{{customer.fields.}}", "customer.fields.")]
    [InlineData("No field, {one} brace", null)]
    public void A_field_that_there_is_none_of_is_named(string text, string? unknown) => Assert.Equal(unknown, MacroText.Unknown(text));

    [Theory]
    [InlineData("Ada Lovelace", "Ada")]
    [InlineData("Dr. Ada Lovelace", "Ada")]
    [InlineData("Jean-Luc Picard", "Jean-Luc")]
    [InlineData("Ada", "Ada")]
    [InlineData("Mr Babbage", "")]
    [InlineData("A. Lovelace", "")]
    [InlineData("ada@client.example", "")]
    [InlineData("R2 D2", "")]
    [InlineData("", "")]
    public void A_first_name_is_what_somebody_is_called_by(string name, string first) => Assert.Equal(first, MacroText.FirstName(name));

    [Fact]
    public void What_strangers_wrote_becomes_no_link_and_no_line() =>
        Assert.Equal(@"\[x\](http://a.example) \*b\*", MacroText.Harmless("[x](http://a.example)\n*b* {}"));

    [Fact]
    public void Whatever_the_words_pieces_lie_within_them_and_nothing_else_changes() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), words =>
    {
        var filled = MacroText.Fill(words.Get + "{{customer.first_name}}" + words.Get, Value);
        Assert.All(filled.Pieces, piece => Assert.InRange(piece.At + piece.Length, piece.At, filled.Text.Length));
        Assert.Contains(filled.Pieces, piece => filled.Text.Substring(piece.At, piece.Length) == "Ada" || words.Get.Contains('{'));
    }).QuickCheckThrowOnFailure();
}
