using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Heliotrope.Mail.Html;

namespace Heliotrope.Mail.Tests.Html;

public sealed class HtmlCleanerTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>Hi", "Hi")]
    [InlineData("<b onclick=\"x()\">Hi</b>", "<b>Hi</b>")]
    [InlineData("<a href=\"java\tscript:x()\">Hi</a>", "<a>Hi</a>")]
    [InlineData("<a href=\" &#14; javascript:x()\">Hi</a>", "<a>Hi</a>")]
    [InlineData("<a href=\"data:text/html,x\">Hi</a>", "<a>Hi</a>")]
    [InlineData("<a href=\"/logout\">Hi</a>", "<a>Hi</a>")]
    [InlineData("<img src=x onerror=y alt=cat>", "<img alt=\"cat\">")]
    [InlineData("<svg><a xlink:href=\"javascript:x\"><text>Hi</text></a></svg>", "<a>Hi</a>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=y>", "<table></table>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=y>\">", "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=y&gt;\"></p>")]
    [InlineData("<iframe src=https://x></iframe><object data=x>Hi</object><embed src=x>", "Hi")]
    [InlineData("<form action=https://x><input name=p><button>Go</button></form>", "Go")]
    [InlineData("<base href=https://x><meta http-equiv=refresh content=0><link rel=stylesheet href=x>Hi", "Hi")]
    [InlineData("<p id=a class=b name=c>Hi", "<p>Hi</p>")]
    [InlineData("<!-- <b> --><?xml y?><!DOCTYPE html>Hi", "Hi")]
    [InlineData("a < b & c > d \"e\"", "a &lt; b &amp; c &gt; d &quot;e&quot;")]
    [InlineData("<body bgcolor=\"#fff\">Hi</body>", "<div bgcolor=\"#fff\">Hi</div>")]
    public void What_runs_loads_or_submits_is_gone(string html, string clean) => Assert.Equal(clean, HtmlCleaner.Clean(html));

    [Theory]
    [InlineData("<img src=\"cid:pic@x\">", "<img src=\"cid:pic@x\">")]
    [InlineData("<img src=\"https://example.org/p.gif\">", "<img data-remote-src=\"https://example.org/p.gif\">")]
    [InlineData("<img src=\"//example.org/p.gif\">", "<img data-remote-src=\"https://example.org/p.gif\">")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\">", "<img src=\"data:image/png;base64,AAAA\">")]
    [InlineData("<img src=\"data:image/svg+xml;base64,AAAA\">", "<img>")]
    [InlineData("<img data-remote-src=\"javascript:x\">", "<img>")]
    public void Pictures_of_the_message_stay_and_others_wait(string html, string clean) => Assert.Equal(clean, HtmlCleaner.Clean(html));

    [Theory]
    [InlineData("color: red; BACKGROUND : #fff", "color: red; background: #fff")]
    [InlineData("background: url(https://x/y.png)", null)]
    [InlineData("background-image: url('x')", null)]
    [InlineData("width: expression(alert(1))", null)]
    [InlineData("width: calc(100% - 20px)", "width: calc(100% - 20px)")]
    [InlineData("position: fixed; top: 0; z-index: 9; color: red", "color: red")]
    [InlineData("margin: -500px 0 0; margin-left: -1px; padding: 4px", "padding: 4px")]
    [InlineData("behavior: url(x); -moz-binding: url(x)", null)]
    [InlineData("color: \\72 ed", null)]
    [InlineData("color: red/**/", null)]
    [InlineData("color: red !important; color: blue; width: 1px; width: 2px", "width: 2px; color: red")]
    [InlineData("font-family: 'Segoe UI', \"Noto\"; a:'", "font-family: 'Segoe UI', &quot;Noto&quot;")]
    [InlineData("background: #fff;x:url(a;b);color:red", "background: #fff; color: red")]
    public void Only_declarations_that_stay_in_their_place_are_kept(string style, string? kept) =>
        Assert.Equal(
            kept is null ? "<p></p>" : $"<p style=\"{kept}\"></p>",
            HtmlCleaner.Clean($"<p style=\"{style.Replace("\"", "&quot;", StringComparison.Ordinal)}\">"));

    [Theory]
    [InlineData("border: (")]
    [InlineData("border: )")]
    [InlineData("border: \"'\"'")]
    [InlineData("width: calc((1px + 2px)")]
    public void A_style_that_is_never_closed_takes_nothing_in(string style) =>
        Assert.Equal("<td style=\"color: red\"></td>", HtmlCleaner.Clean($"<td style='color: red; {style.Replace("'", "&#39;", StringComparison.Ordinal)}'></td>"));

    [Fact]
    public void Links_tell_the_other_side_nothing() =>
        Assert.Equal(
            "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>",
            HtmlCleaner.Clean("<a target=_top href='https://example.org/?a=1&b=2' ping=https://y>x</a>"));

    [Fact]
    public void A_newsletter_keeps_its_tables()
    {
        const string table = "<table width=\"600\" cellpadding=\"0\" bgcolor=\"#eee\"><tbody><tr><td align=\"center\" style=\"padding: 8px\">Hi</td></tr></tbody></table>";
        Assert.Equal(table, HtmlCleaner.Clean(table));
    }

    [Fact]
    public void What_was_left_open_is_closed_in_order() =>
        Assert.Equal("<ul><li>One</li><li>Two <b>bold</b></li></ul><p>A</p><p>B</p>", HtmlCleaner.Clean("<ul><li>One<li>Two <b>bold</ul><p>A<p>B</i></div>"));

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>")]
    [InlineData("<blockquote>x")]
    [InlineData("<a href=http://x>")]
    [InlineData("<svg>")]
    [InlineData("<!--")]
    [InlineData("<")]
    [InlineData("<p style='color:red'>")]
    public void A_hundred_thousand_open_tags_do_no_harm(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 100_000));
        var clean = HtmlCleaner.Clean(html);
        Assert.Equal(clean, HtmlCleaner.Clean(clean));
        Assert.NotNull(HtmlText.FromHtml(html));
    }

    /// <summary>Parsed as a browser would, nothing is there that could run, load, submit or leave its place.</summary>
    internal static void AssertHarmless(string clean)
    {
        foreach (var element in new HtmlParser().ParseDocument("<body>" + clean).Body!.QuerySelectorAll("*"))
        {
            Assert.True(HtmlRules.Elements.Contains(element.LocalName) || element.LocalName is "tbody", element.LocalName);
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            foreach (var attribute in element.Attributes)
            {
                Assert.True(attribute.Name is "rel" or "target" || HtmlRules.AllowsAttribute(element.LocalName, attribute.Name), attribute.Name);
                Assert.DoesNotContain("url(", attribute.Name == "style" ? attribute.Value : "", StringComparison.OrdinalIgnoreCase);
                Assert.True(attribute.Name is not ("href" or "src") || HtmlUrls.Link(attribute.Value) is not null || HtmlUrls.Image(attribute.Value) is not null);
            }
        }
    }
}
