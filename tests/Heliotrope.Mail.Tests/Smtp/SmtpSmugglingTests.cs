using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>However bytes are arranged or cut, one message stays one message (the attacks known as SMTP smuggling).</summary>
public class SmtpSmugglingTests
{
    private readonly Recorder _receiver = new();

    public static TheoryData<string> FalseEnds =>
    [
        "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\r.\n", "\n.\r", "\r\n.\0\r\n", "\r\n\0.\r\n", "\r\n.\r\r\n", "\r\r\n.\n", "\n\r.\r\n", "\r\n. \r\n",
    ];

    [Theory]
    [MemberData(nameof(FalseEnds))]
    public async Task Only_a_dot_between_two_CRLF_ends_a_message(string end)
    {
        var said = await Wire.Say($"{Wire.Hello}{Wire.Envelope}DATA\r\nfirst{end}MAIL FROM:<evil@client.example>\r\nRCPT TO:<boss@desk.example>\r\nDATA\r\nsmuggled\r\n.\r\nQUIT\r\n", _receiver);

        Assert.Equal("220 250 250 250 354 250 221", Wire.Codes(said));
        Assert.Contains("smuggled", Assert.Single(_receiver.Messages).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EHLO x\nMAIL FROM:<a@b.example>\r\n", "220 521")]
    [InlineData("EHLO x\rMAIL FROM:<a@b.example>\r\n", "220 500")]
    public async Task A_bare_line_end_makes_no_second_command(string bytes, string codes)
        => Assert.Equal(codes, Wire.Codes(await Wire.Say(bytes, _receiver)));

    [Fact]
    public async Task Words_after_a_message_that_was_refused_are_not_taken_for_its_recipients()
    {
        var said = await Wire.Say($"{Wire.Hello}DATA\r\nSubject: x\r\n.\r\n{Wire.Envelope}DATA\r\nx\r\n.\r\n", _receiver);
        Assert.Equal("220 250 503 500 500 250 250 354 250", Wire.Codes(said));
    }

    private const string Script = "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n..a\r\n.\r.\r\nb\n.\n.\r\n.\r\nBAD\rNOOP\r\nMAIL FROM:<>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n.\r\nNOOP\nQUIT\r\n";

    [Fact]
    public async Task Where_the_network_cuts_the_bytes_changes_nothing()
    {
        var whole = await Outcome([Script]);
        Assert.Contains("|..a\r\n\r.\r\nb\n.\n.\r\n|", whole.Replace("|.a", "|..a", StringComparison.Ordinal), StringComparison.Ordinal);
        for (var cut = 1; cut < Script.Length; cut++) Assert.Equal(whole, await Outcome([Script[..cut], Script[cut..]]));
        Assert.Equal(whole, await Outcome(Script.Select(c => c.ToString())));
    }

    [Fact]
    public async Task Any_bytes_in_any_pieces_give_the_same_answers_and_no_exception()
    {
        var bits = Gen.Elements("\r", "\n", ".", "\r\n", "\r\n.\r\n", "DATA\r\n", "MAIL FROM:<a@b>\r\n", "RCPT TO:<c@d>\r\n", "EHLO x\r\n", "RSET\r\n", "x", " ", "\0", "\u00ff", "STARTTLS\r\n");
        var scripts = Gen.ListOf(bits).ToArbitrary();
        await Task.Run(() => Prop.ForAll(scripts, script =>
        {
            var text = Wire.Hello + Wire.Envelope + string.Concat(script);
            var whole = Outcome([text]).GetAwaiter().GetResult();
            return whole == Outcome([Wire.Hello, Wire.Envelope, .. script]).GetAwaiter().GetResult()
                && whole == Outcome(text.Select(c => c.ToString())).GetAwaiter().GetResult();
        }).QuickCheckThrowOnFailure());
    }

    private static async Task<string> Outcome(IEnumerable<string> pieces)
    {
        var receiver = new Recorder();
        var said = await Wire.Say(pieces.Select(Encoding.Latin1.GetBytes), receiver, Wire.Options);
        return said + string.Concat(receiver.Messages.Select(message => $"|{message.Text}|"));
    }
}
