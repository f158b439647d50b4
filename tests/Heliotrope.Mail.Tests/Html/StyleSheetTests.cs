using Heliotrope.Mail.Html;

namespace Heliotrope.Mail.Tests.Html;

public sealed class StyleSheetTests
{
    [Theory]
    [InlineData("p { color: red }", "<p>x", "<p style=\"color: red\">x</p>")]
    [InlineData(".a, #b { color: red }", "<p class=\"z a\">x<p id=b>y<p>z", "<p style=\"color: red\">x</p><p style=\"color: red\">y</p><p>z</p>")]
    [InlineData("p { color: red } .a { color: blue } p { color: green }", "<p class=a>x", "<p style=\"color: blue\">x</p>")]
    [InlineData("p { color: red }", "<p style=\"color: blue\">x", "<p style=\"color: blue\">x</p>")]
    [InlineData("p { color: red !important }", "<p style=\"color: blue\">x", "<p style=\"color: red\">x</p>")]
    [InlineData(".f td b { color: red }", "<div class=f><table><tr><td><i><b>x", "<div><table><tr><td><i><b style=\"color: red\">x</b></i></td></tr></table></div>")]
    [InlineData("div > b { color: red }", "<div><b>x</b><i><b>y", "<div><b style=\"color: red\">x</b><i><b>y</b></i></div>")]
    [InlineData("body { color: red }", "<body>x", "<div style=\"color: red\">x</div>")]
    [InlineData("/* p { */ b { color: red } /* } */", "<b>x", "<b style=\"color: red\">x</b>")]
    [InlineData("@media print { p { color: red } } p { color: blue }", "<p>x", "<p style=\"color: blue\">x</p>")]
    [InlineData("@import url(https://x); p { color: blue }", "<p>x", "<p style=\"color: blue\">x</p>")]
    [InlineData("p:hover, p[x], p::after, p + p, p ~ p, * ! { color: red }", "<p>x", "<p>x</p>")]
    [InlineData("p { position: fixed; background: url(https://x/y); color: expression(1) }", "<p>x", "<p>x</p>")]
    [InlineData("p { color: red", "<p>x", "<p style=\"color: red\">x</p>")]
    [InlineData("} { ; , > . # p", "<p>x", "<p>x</p>")]
    public void What_a_style_sheet_says_is_put_on_the_elements(string css, string html, string clean)
    {
        Assert.Equal(clean, HtmlCleaner.Clean($"<style>{css}</style>{html}"));
        Assert.Equal(clean, HtmlCleaner.Clean(clean));
    }

    [Fact]
    public void Many_rules_and_many_elements_do_not_multiply()
    {
        var css = string.Concat(Enumerable.Repeat("p { color: red; width: 1px } ", 5_000));
        var html = $"<style>{css}</style>" + string.Concat(Enumerable.Repeat("<p class=a>x", 50_000));
        Assert.InRange(HtmlCleaner.Clean(html).Length, 1, 10 * html.Length);
    }
}
