using Heliotrope.Mail.Html;
using Heliotrope.Mail.Replies;

namespace Heliotrope.Mail.Tests.Replies;

public sealed class ReplyHtmlTests
{
    private static string Words(string html) => HtmlText.FromHtml(HtmlCleaner.Clean(html));

    /// <summary>What each program puts below the new words.</summary>
    [Theory]
    // Gmail
    [InlineData("<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">На чт, 2 февр. г. кто-то такой &lt;<a href=\"mailto:h@x.example\">h@x.example</a>&gt;<br></div><blockquote class=\"gmail_quote\" style=\"margin:0\">Old <b>words</b></blockquote></div>")]
    [InlineData("<div class=\"gmail_quote\">On Mon, 2 Feb 2026 at 10:00, Help &lt;<a href=\"mailto:h@x.example\">h@x.example</a>&gt; wrote:<br><blockquote>Old</blockquote></div>")]
    [InlineData("<span class=\"gmail_signature_prefix\">-- </span><br><div dir=\"ltr\" class=\"gmail_signature\" data-smartmail=\"gmail_signature\">Ada<br>Analyst</div>")]
    [InlineData("<div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">---------- Forwarded message ---------<br>From: <b>Help</b> &lt;h@x.example&gt;<br>Subject: Order<br></div><br>Old words<p>more</p></div>")]
    // Our own
    [InlineData("<div class=\"heliotrope-signature\">-- <br /><p>Priya Nair<br />Harbour Goods</p></div>")]
    // Outlook, in the browser and on the desk
    [InlineData("<div id=\"appendonsend\"></div><hr style=\"width:98%\"><div id=\"divRplyFwdMsg\"><font><b>Siuntėjas:</b> Help &lt;h@x.example&gt;<br><b>Tema:</b> Užsakymas</font><div>&nbsp;</div></div><div>Old words</div><p>more old words</p>")]
    [InlineData("<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Pošiljatelj:</b> Help &lt;h@x.example&gt;<br><b>Poslano:</b> ponedeljek<br><b>Zadeva:</b> Naročilo</p></div></div><p class=MsoNormal>Old words</p>")]
    [InlineData("<div style=\"border:none;border-top:solid #B5C4DF 1.0pt\"><p><b>Von:</b> Help [mailto:h@x.example]<br><b>Gesendet:</b> Montag, 2. Februar 2026 10:00<br><b>An:</b> Ada<br><b>Betreff:</b> AW: Bestellung</p></div><p>Alt</p>")]
    [InlineData("<div id=\"Signature\"><p>Ada Lovelace</p><p>Analyst</p></div>")]
    [InlineData("<div id=\"ms-outlook-mobile-signature\">Get <a href=\"https://aka.ms/x\">Outlook for iOS</a></div>")]
    // Apple
    [InlineData("<br><div><blockquote type=\"cite\"><div>On 2 Feb 2026, at 10:00, Help &lt;h@x.example&gt; wrote:</div><br><div>Old</div></blockquote></div>")]
    [InlineData("<div dir=\"ltr\">Sent from my iPhone</div><div dir=\"ltr\"><br><blockquote type=\"cite\">Am 02.02.2026 um 10:00 schrieb Help &lt;h@x.example&gt;:<br><br></blockquote></div><blockquote type=\"cite\"><div>Alt</div></blockquote>")]
    // Thunderbird
    [InlineData("<div class=\"moz-cite-prefix\">2026-02-02 10:00(e)an, Help igorleak idatzi zuen:<br></div><blockquote type=\"cite\" cite=\"mid:1@x\">Old</blockquote>")]
    [InlineData("<pre class=\"moz-signature\" cols=\"72\">-- \nAda Lovelace\nAnalyst</pre>")]
    [InlineData("<div class=\"moz-forward-container\">-------- Weitergeleitete Nachricht --------<table class=\"moz-email-headers-table\"><tr><th>Betreff: </th><td>x</td></tr></table>Alt</div>")]
    // Yahoo, Proton, GMX and WEB.DE, Zoho, Tuta
    [InlineData("<div id=\"yahoo_quoted_1\" class=\"yahoo_quoted\"><div>On Monday, February 2, 2026, Help &lt;h@x.example&gt; wrote:</div><div>Old</div></div>")]
    [InlineData("<div class=\"protonmail_quote\">On Monday, Help wrote:<blockquote class=\"protonmail_quote\">Old</blockquote></div>")]
    [InlineData("<div name=\"quote\" style=\"margin:10px\"><div><b>Gesendet:</b> Montag<br><b>Von:</b> Help</div><div name=\"quoted-content\">Alt</div></div>")]
    [InlineData("<div class=\"zmail_extra\">---- On Mon, 02 Feb 2026 10:00:00 +0100 <b>Help &lt;h@x.example&gt;</b> wrote ----<br><blockquote>Old</blockquote></div>")]
    [InlineData("2. Feb. 2026, 10:00 von h@x.example:<br><blockquote class=\"tutanota_quote\">Alt</blockquote>")]
    // What has no marks at all is known by its words.
    [InlineData("<p>-----Original Message-----<br>From: Help<br>Sent: Monday</p><p>Old words</p>")]
    [InlineData("<p>-- <br>Ada<br>Analyst</p>")]
    [InlineData("<p>&gt; Old<br>&gt; words</p>")]
    [InlineData("<p>Le lun. 2 févr. 2026 à 10:00, Help &lt;h@x.example&gt; a écrit :</p><blockquote>Vieux</blockquote>")]
    public void What_is_below_the_new_words_is_left_out(string below)
    {
        var parts = ReplyHtml.Split($"<html><head><style>p {{ color: red }}</style></head><body><div dir=\"ltr\"><p>My <b>new</b> words.</p><p>More of <i>them</i>.</p></div>{below}</body></html>");
        Assert.Equal("My new words.\n\nMore of them.", Words(parts.Reply));
        Assert.Contains("<b>new</b>", parts.Reply, StringComparison.Ordinal);
        Assert.Contains("p { color: red }", parts.Reply, StringComparison.Ordinal);
        Assert.Equal(Letters(below), Letters(parts.Quoted));
    }

    /// <summary>What is known by its words in plain text is known by them in HTML, in every language.</summary>
    [Theory]
    [MemberData(nameof(InText))]
    public void The_words_of_mail_programs_are_known_in_html_too(string below)
    {
        var lines = System.Net.WebUtility.HtmlEncode(below).Replace("\n", "<br>\n", StringComparison.Ordinal);
        var parts = ReplyHtml.Split($"<div>My <b>new</b> words.</div><div><br></div><div>{lines}</div>");
        Assert.Equal("My new words.", Words(parts.Reply));
        Assert.Equal(below.Count(char.IsLetter), Letters(parts.Quoted));
    }

    public static TheoryData<string> InText()
    {
        var test = typeof(ReplyTextTests).GetMethod(nameof(ReplyTextTests.What_is_below_the_new_words_is_left_out))!;
        return [.. test.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().SelectMany(data => data.GetData(test)).Select(data => (string)data[0])];
    }

    [Fact]
    public void Beyond_what_anybody_writes_nothing_is_searched()
    {
        var letter = string.Concat(Enumerable.Repeat("<p>Ein langer Satz, den niemand schreibt.</p>", 10_000));
        Assert.Equal(letter + "<blockquote type=cite>x</blockquote>", ReplyHtml.Split(letter + "<blockquote type=cite>x</blockquote>").Reply);
        Assert.Equal("y", Words(ReplyHtml.Split("<p>y</p><blockquote type=cite>z</blockquote>" + letter + "<p>last</p>").Reply)[..1]);
        Assert.DoesNotContain("last", ReplyHtml.Split("<p>y</p><blockquote type=cite>z</blockquote>" + letter + "<p>last</p>").Reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>Only new words.</p>")]
    [InlineData("")]
    [InlineData("<p>From: Paris<br>To: London<br>Date: 5 May</p>")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr></table><hr><img src=\"cid:x\">")]
    [InlineData("<div style=\"border-top:solid #E1E1E1 1.0pt\">A box: with words</div><p>after it</p>")]
    [InlineData("<p>My orders are</p><blockquote style=\"margin:0 0 0 40px\">4711 and 4712</blockquote><p>and no other.</p>")]
    [InlineData("<p>Thanks, that helped.</p><div id=\"AppleMailSignature\">But why is invoice 4711 wrong? Ada</div>")]
    public void Where_nothing_is_cut_nothing_is_changed(string html) => Assert.Equal(new ReplyParts(html, ""), ReplyHtml.Split(html));

    [Fact]
    public void Answers_between_the_quotes_are_kept() => Assert.Equal("Hi,\n\nYes, it does.\n\nThe red one.", Words(ReplyHtml.Split(
        "<div>Hi,</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, 2 Feb 2026, Help wrote:</div><blockquote class=\"gmail_quote\">Does it work?</blockquote>"
        + "<div>Yes, it does.</div><br><blockquote class=\"gmail_quote\">Which one?</blockquote><div>The red one.</div></div>").Reply));

    [Fact]
    public void Who_writes_within_the_signature_is_heard() =>
        Assert.Contains("My words", ReplyHtml.Split("<div class=\"gmail_signature\">My words<br>Ada</div>").Reply, StringComparison.Ordinal);

    [Fact]
    public void Only_a_quote_has_no_new_words() => Assert.Equal("", ReplyHtml.Split("<blockquote type=\"cite\">Old</blockquote>").Reply);

    [Fact]
    public void Pictures_stay_with_the_words_they_stand_with()
    {
        var parts = ReplyHtml.Split("<p>See <img src=\"cid:new\"></p><blockquote type=\"cite\">Old <img src=\"cid:old\"></blockquote>");
        Assert.Contains("cid:new", parts.Reply, StringComparison.Ordinal);
        Assert.DoesNotContain("cid:old", parts.Reply, StringComparison.Ordinal);
        Assert.Contains("cid:old", parts.Quoted, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_does_no_harm()
    {
        var deep = string.Concat(Enumerable.Repeat("<div><blockquote type=cite>", 50_000)) + "x";
        Assert.Equal(1, Letters(ReplyHtml.Split("<p>y</p>" + deep).Quoted));
    }

    private static int Letters(string html) => Words(html).Count(char.IsLetter);
}
