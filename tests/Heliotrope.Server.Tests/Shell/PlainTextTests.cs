using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Tests.Shell;

public class PlainTextTests
{
    [Theory]
    [InlineData("see https://morrow.example/a?b=1&c=2.", "https://morrow.example/a?b=1&c=2")]
    [InlineData("(https://morrow.example/x)", "https://morrow.example/x")]
    [InlineData("<http://morrow.example/>", "http://morrow.example/")]
    public void A_web_address_is_a_link_without_the_marks_around_it(string text, string address) =>
        Assert.Equal([address], PlainText.Pieces(text).Where(piece => piece.Link).Select(piece => piece.Piece));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("nothing to follow here")]
    public void Nothing_else_is_a_link(string text) =>
        Assert.DoesNotContain(PlainText.Pieces(text), piece => piece.Link);

    [Fact]
    public void No_character_of_a_paragraph_is_lost()
    {
        const string Text = "one\ntwo https://a.example/b, three\n";
        Assert.Equal(Text, string.Concat(PlainText.Pieces(Text).Select(piece => piece.Piece)));
    }

    [Fact]
    public void Blank_lines_part_paragraphs() =>
        Assert.Equal(["one\ntwo", "three"], PlainText.Paragraphs("one\r\ntwo\r\n \r\n\r\nthree\r\n"));
}
