using Heliotrope.Mail.Html;
using Heliotrope.Mail.Replies;

namespace Heliotrope.Mail.Tests.Html;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree")]
    [InlineData("<div>One</div><div>Two</div>", "One\nTwo")]
    [InlineData("One\n   two&nbsp;three", "One two three")]
    [InlineData("<ul><li>One<li>Two</ul><ol><li>A<li>B</ol>", "- One\n- Two\n\n1. A\n2. B")]
    [InlineData("<blockquote>Quoted<br>lines<blockquote>deeper</blockquote></blockquote>Mine", "> Quoted\n> lines\n>> deeper\nMine")]
    [InlineData("<p>Mine</p><blockquote><p>Quoted</p><p>lines</p></blockquote><p>Mine", "Mine\n\n> Quoted\n>\n> lines\n\nMine")]
    [InlineData("<pre>a\n  b</pre>c", "a\n  b\nc")]
    [InlineData("<style>p{}</style><title>t</title><script>x</script>Hi", "Hi")]
    [InlineData("See <a href=\"https://example.org/a\">here</a>.", "See here <https://example.org/a>.")]
    [InlineData("<a href=\"https://example.org/\">example.org</a> <a href=\"mailto:a@b.c\">a@b.c</a>", "example.org a@b.c")]
    [InlineData("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\nC")]
    [InlineData("<img alt=\"A cat\" src=x>", "A cat")]
    [InlineData("&lt;b&gt; &amp; &euro;", "<b> & €")]
    [InlineData("", "")]
    public void Html_becomes_readable_lines(string html, string text) => Assert.Equal(text, HtmlText.FromHtml(html));

    [Fact]
    public void The_new_words_of_an_html_reply_are_found() =>
        Assert.Equal("It works, thanks!", ReplyText.Split(HtmlText.FromHtml(
            "<div dir=ltr>It works, thanks!</div><br><div class=gmail_quote><div>On Mon, Feb 2, 2026 at 10:00 AM Help &lt;<a href=\"mailto:help@example.com\">help@example.com</a>&gt; wrote:<br></div><blockquote><p>Does it work?</p></blockquote></div>")).Reply);
}
