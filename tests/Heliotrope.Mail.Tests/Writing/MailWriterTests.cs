using System.Text;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Mail.Tests.Writing;

public class MailWriterTests
{
    internal static readonly OutgoingMail Mail = new()
    {
        MessageId = "c1.m2@desk.example",
        From = new("Acme Help", "help@desk.example"),
        To = [new("Ada Lovelace", "ada@client.example")],
        Subject = "Your order",
        Date = new DateTimeOffset(2026, 3, 29, 1, 5, 9, TimeSpan.FromHours(-3.5)),
        Text = "Hello Ada,\nit is on its way.\n",
    };

    [Fact]
    public void A_plain_message_is_plain()
        => Assert.Equal("""
            Date: Sun, 29 Mar 2026 01:05:09 -0330
            From: Acme Help <help@desk.example>
            To: Ada Lovelace <ada@client.example>
            Subject: Your order
            Message-ID: <c1.m2@desk.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            Hello Ada,
            it is on its way.

            """.ReplaceLineEndings("\r\n"), Write(Mail));

    [Fact]
    public void Text_and_HTML_are_alternatives_and_the_same_mail_gives_the_same_bytes()
    {
        var mail = Mail with { Text = "Grüße\n", Html = "<p>Grüße</p>" };
        var written = Write(mail);
        var boundary = written.Split("boundary=\"")[1].Split('"')[0];
        Assert.EndsWith($"""

            --{boundary}
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe
            --{boundary}
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>Gr=C3=BC=C3=9Fe</p>
            --{boundary}--

            """.ReplaceLineEndings("\r\n"), written, StringComparison.Ordinal);
        Assert.Equal(written, Write(mail));
    }

    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace <ada@client.example>")]
    [InlineData("", "ada@client.example")]
    [InlineData("Lovelace, Ada", "\"Lovelace, Ada\" <ada@client.example>")]
    [InlineData("Ada \"The\\Count\"", "\"Ada \\\"The\\\\Count\\\"\" <ada@client.example>")]
    [InlineData("ada@evil.example", "\"ada@evil.example\" <ada@client.example>")]
    [InlineData("Ådå", "=?utf-8?B?w4Vkw6U=?= <ada@client.example>")]
    [InlineData("Zoë (Sales)", "=?utf-8?Q?Zo=C3=AB_=28Sales=29?= <ada@client.example>")]
    [InlineData("=?utf-8?Q?x?=", "=?utf-8?B?PT91dGYtOD9RP3g/PQ==?= <ada@client.example>")]
    [InlineData("Ada\r\nBcc: x@y.example", "\"Ada Bcc: x@y.example\" <ada@client.example>")]
    public void A_name_is_quoted_or_encoded_when_it_must_be(string name, string written)
        => Assert.Contains($"\r\nTo: {written}\r\n", Write(Mail with { To = [new(name, "ada@client.example")] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("\"a b\"@client.example", "\"a b\"@client.example")]
    [InlineData("a..b@client.example", "\"a..b\"@client.example")]
    [InlineData("jörg@client.example", "=?utf-8?Q?j=C3=B6rg=40client=2Eexample?= :;")]
    [InlineData("ada@client.example>\r\nBcc: x", "=?utf-8?Q?ada=40client=2Eexample=3E_Bcc=3A_x?= :;")]
    public void An_address_is_written_in_seven_bits(string address, string written)
        => Assert.Contains($"\r\nTo: {written}\r\n", Write(Mail with { To = [new("", address)] }), StringComparison.Ordinal);

    [Fact]
    public void Long_headers_are_folded_and_words_stay_whole()
    {
        var written = Write(Mail with
        {
            Subject = string.Concat(Enumerable.Repeat("Füße und 🎈Ballons für alle ", 12)),
            To = [.. Enumerable.Range(0, 40).Select(i => new MailAddress($"Person Number {i}", $"person{i}@client.example"))],
            Headers = new Dictionary<string, string> { ["X-Long"] = string.Join(' ', Enumerable.Range(0, 100)) },
        });
        Assert.All(written.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
        foreach (var word in written.Split(' ', '\r', '\n').Where(word => word.StartsWith("=?utf-8?B?", StringComparison.Ordinal)))
            Assert.DoesNotContain('\ufffd', Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2])));
    }

    [Fact]
    public void A_thread_keeps_its_first_and_its_latest_messages()
    {
        var written = Write(Mail with { InReplyTo = "r99@client.example", References = [.. Enumerable.Range(0, 100).Select(i => $"r{i}@client.example"), "not an id", "ü@x"] });
        var ids = Header(written, "References").Split(' ');
        Assert.Equal((20, "<r0@client.example>", "<r81@client.example>", "<r99@client.example>"), (ids.Length, ids[0], ids[1], ids[^1]));
        Assert.Equal("<r99@client.example>", Header(written, "In-Reply-To"));
    }

    [Fact]
    public void Further_headers_are_written_on_one_line_of_meaning()
    {
        var written = Write(Mail with { Headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-replied", ["X-Note"] = "a\r\nBcc: evil@x.example\r\n\r\nbody" } });
        Assert.Contains("\r\nAuto-Submitted: auto-replied\r\nX-Note: a Bcc: evil@x.example  body\r\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X Note")]
    [InlineData("X-Note:")]
    [InlineData("X\r\nBcc")]
    [InlineData("")]
    [InlineData("Ünder")]
    [InlineData("message-id")]
    [InlineData("Content-Type")]
    public void A_header_name_that_would_do_harm_is_a_mistake_of_the_caller(string name)
        => Assert.Throws<ArgumentException>(() => Write(Mail with { Headers = new Dictionary<string, string> { [name] = "x" } }));

    [Theory]
    [InlineData("")]
    [InlineData("a b@c")]
    [InlineData("a@b>\r\nBcc: c")]
    public void A_Message_ID_that_is_none_is_a_mistake_of_the_caller(string id)
        => Assert.Throws<ArgumentException>(() => Write(Mail with { MessageId = id }));

    [Theory]
    [InlineData("ends in a blank ", "ends in a blank=20")]
    [InlineData("From here on", "=46rom here on")]
    [InlineData("--=_boundary", "=2D-=3D_boundary")]
    [InlineData("nul\0", "nul=00")]
    public void Lines_that_mail_programs_change_on_the_way_are_encoded(string text, string written)
        => Assert.EndsWith($"Content-Transfer-Encoding: quoted-printable\r\n\r\n{written}\r\n", Write(Mail with { Text = text }), StringComparison.Ordinal);

    internal static string Write(OutgoingMail mail) => Encoding.ASCII.GetString(MailWriter.Write(mail));

    private static string Header(string written, string name)
        => written.Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
}
