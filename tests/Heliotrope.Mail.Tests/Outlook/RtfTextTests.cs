using System.Text;
using Heliotrope.Mail.Outlook;

namespace Heliotrope.Mail.Tests.Outlook;

public sealed class RtfTextTests
{
    private static (string? Text, string? Html) Read(string rtf, int page = 1252) => RtfText.Read(Encoding.Latin1.GetBytes(rtf), page, 100_000);

    [Theory]
    [InlineData(@"{\rtf1 plain}", "plain")]
    [InlineData(@"{\rtf1 one\par two\line three\tab four}", "one\ntwo\nthree\tfour")]
    [InlineData("{\\rtf1 a\r\nb \\{c\\} \\\\}", "ab {c} \\")]
    [InlineData(@"{\rtf1{\fonttbl{\f0 Arial;}}{\info{\author Somebody}}{\*\unknown hidden}{\pict 0102}seen}", "seen")]
    [InlineData(@"{\rtf1\ansicpg1251 \'cf\'f0}", "Пр")]
    [InlineData(@"{\rtf1{\fonttbl{\f3\fcharset128 X;}}\f3 \'93\'fa}", "日")]
    [InlineData(@"{\rtf1\uc2 \u26085 XY\uc0\u8364!}", "日€!")]
    [InlineData(@"{\rtf1\uc1\u8364\'80\u8364 ?x}", "€€x")]
    [InlineData(@"{\rtf1 a\bin5 {{{{{b}", "ab")]
    [InlineData(@"{\rtf1 \ldblquote a\rdblquote\emdash b\~c}", "“a”—b\u00A0c")]
    [InlineData(@"{\rtf1 never closed", "never closed")]
    [InlineData(@"}}}}a\", "a")]
    public void The_words_are_read(string rtf, string text) => Assert.Equal((text, null), Read(rtf));

    [Fact]
    public void The_html_within_is_taken_out() => Assert.Equal((null, "<p>a&lt;b</p>\n"),
        Read(@"{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 a{\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0 b{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0{\*\htmltag0 \par }}"));

    [Fact]
    public void Groups_without_end_do_no_harm() => Assert.Equal("x", Read("{\\rtf1" + new string('{', 200_000) + "x" + new string('}', 300_000)).Text);
}
