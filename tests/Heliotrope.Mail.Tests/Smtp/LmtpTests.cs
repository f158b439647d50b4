using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public sealed class LmtpTests
{
    private const string Hello = "LHLO relay.example\r\n";
    private const string Two = "MAIL FROM:<ada@client.example>\r\nRCPT TO:<help@desk.example>\r\nRCPT TO:<sales@desk.example>\r\n";
    private static readonly SmtpListenerOptions Options = Wire.Options with { Lmtp = true };
    private readonly Recorder _receiver = new();

    [Fact]
    public async Task A_message_is_stored_once_and_each_recipient_gets_an_answer()
    {
        var said = await Say($"{Hello}{Two}DATA\r\nSubject: Hi\r\n\r\n..dot\r\n.\r\nQUIT\r\n");
        Assert.StartsWith("220 desk.example LMTP ", said, StringComparison.Ordinal);
        Assert.Equal("220 250 250 250 250 354 250 250 221", Wire.Codes(said));
        var (envelope, text) = Assert.Single(_receiver.Messages);
        Assert.Equal("Subject: Hi\r\n\r\n.dot\r\n", text);
        Assert.Equal(["help@desk.example", "sales@desk.example"], envelope.To);
    }

    [Fact]
    public async Task A_recipient_named_twice_gets_two_answers_and_a_refused_one_none()
    {
        _receiver.OnRecipient = address => address.StartsWith("nobody", StringComparison.Ordinal) ? new(550, "5.1.1 Unknown") : new(250, "Ok");
        var said = await Say($"{Hello}{Two}RCPT TO:<nobody@desk.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nx\r\n.\r\nNOOP\r\n");
        Assert.Equal("220 250 250 250 250 550 250 354 250 250 250 250", Wire.Codes(said));
        Assert.Single(_receiver.Messages);
    }

    [Theory]
    [InlineData("EHLO x", 500)]
    [InlineData("HELO x", 500)]
    [InlineData("LHLO", 501)]
    [InlineData("MAIL FROM:<a@b.example>", 503)]
    public async Task Nothing_but_LHLO_begins(string command, int code)
        => Assert.Equal($"220 {code} 250", Wire.Codes(await Say($"{command}\r\nLHLO x\r\n")));

    [Fact]
    public async Task Over_SMTP_there_is_no_LHLO()
        => Assert.Equal("220 500 503", Wire.Codes(await Wire.Say("LHLO x\r\nMAIL FROM:<a@b.example>\r\n", _receiver)));

    [Fact]
    public async Task What_RFC_2033_asks_for_is_announced()
    {
        var said = await Say(Hello);
        foreach (var extension in new[] { "PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SIZE 52428800" })
            Assert.Contains($"250-{extension}\r\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("STARTTLS", said, StringComparison.Ordinal);
        Assert.Contains("250-STARTTLS\r\n", await Say(Hello, Options with { Certificate = TestCertificate.SelfMade }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_accepted_recipient_DATA_is_refused()
    {
        _receiver.OnRecipient = _ => new(550, "5.1.1 Unknown");
        Assert.Equal("220 250 250 550 550 503", Wire.Codes(await Say($"{Hello}{Two}DATA\r\n")));
    }

    [Fact]
    public async Task Refused_recipients_end_no_session_over_which_many_messages_come()
    {
        _receiver.OnRecipient = address => address.StartsWith("nobody", StringComparison.Ordinal) ? new(550, "5.1.1 Unknown") : new(250, "Ok");
        var each = "MAIL FROM:<ada@client.example>\r\nRCPT TO:<nobody@desk.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nx\r\n.\r\n";
        Assert.Equal("220 250" + string.Concat(Enumerable.Repeat(" 250 550 250 354 250", 30)), Wire.Codes(await Say(Hello + string.Concat(Enumerable.Repeat(each, 30)))));
        Assert.Equal(30, _receiver.Messages.Count);
        Assert.EndsWith(" 550 421", Wire.Codes(await Wire.Say($"EHLO x\r\nMAIL FROM:<>\r\n{string.Concat(Enumerable.Repeat("RCPT TO:<nobody@desk.example>\r\n", 30))}", _receiver)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_fails_makes_every_recipient_s_mail_come_back()
    {
        _receiver.OnMessage = () => throw new InvalidOperationException("disk");
        Assert.Equal("220 250 250 250 250 354 451 451 250", Wire.Codes(await Say($"{Hello}{Two}DATA\r\nx\r\n.\r\nNOOP\r\n")));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_for_every_recipient_and_counts_as_one_error()
    {
        var large = $"{Two}DATA\r\n{new string('x', 2000)}\r\n.\r\n";
        var said = await Say($"{Hello}{large}{large}{large}", Options with { MaxMessageBytes = 1000, MaxErrors = 3 });
        var each = " 250 250 250 354 552 552";
        Assert.Equal($"220 250{each}{each}{each} 421", Wire.Codes(said));
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task More_recipients_than_allowed_are_asked_to_come_later_and_get_no_answer_to_the_message()
    {
        var said = await Say($"{Hello}{Two}RCPT TO:<three@desk.example>\r\nDATA\r\nx\r\n.\r\n", Options with { MaxRecipients = 2 });
        Assert.Equal("220 250 250 250 250 452 354 250 250", Wire.Codes(said));
    }

    [Fact]
    public async Task A_line_without_end_is_one_error()
        => Assert.Equal("220 500 250", Wire.Codes(await Say($"{new string('x', 5_000_000)}\r\nNOOP\r\n")));

    [Theory]
    [InlineData("")]
    [InlineData($"{Hello}{Two}DATA\r\nand then")]
    public async Task A_silent_sender_is_sent_away(string words)
    {
        var (client, server) = Wire.Connect();
        await client.Output.WriteAsync(Encoding.ASCII.GetBytes(words));
        await Wire.Serve(server, _receiver, Options with { IdleTimeout = TimeSpan.FromMilliseconds(30) });
        using var said = new StreamReader(client.Input.AsStream());
        Assert.EndsWith("421 4.4.2 desk.example Waited too long\r\n", await said.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(_receiver.Messages);
    }

    [Theory]
    [MemberData(nameof(SmtpSmugglingTests.FalseEnds), MemberType = typeof(SmtpSmugglingTests))]
    public async Task Only_a_dot_between_two_CRLF_ends_a_message(string end)
    {
        var said = await Say($"{Hello}{Two}DATA\r\nfirst{end}MAIL FROM:<evil@client.example>\r\nRCPT TO:<boss@desk.example>\r\nDATA\r\nsmuggled\r\n.\r\nQUIT\r\n");
        Assert.Equal("220 250 250 250 250 354 250 250 221", Wire.Codes(said));
        Assert.Contains("smuggled", Assert.Single(_receiver.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_message_gets_as_many_answers_as_it_has_recipients_wherever_the_bytes_are_cut()
    {
        var counts = Gen.NonEmptyListOf(Gen.Choose(1, 4)).ToArbitrary();
        await Task.Run(() => Prop.ForAll(counts, messages =>
        {
            var script = new StringBuilder(Hello);
            var expected = new StringBuilder("220 250");
            foreach (var recipients in messages)
            {
                script.Append("MAIL FROM:<>\r\n").Insert(script.Length, "RCPT TO:<help@desk.example>\r\n", recipients).Append("DATA\r\nx\r\n.\r\n");
                expected.Append(" 250").Insert(expected.Length, " 250", recipients).Append(" 354").Insert(expected.Length, " 250", recipients);
            }
            var receiver = new Recorder();
            var whole = Wire.Say(script.ToString(), receiver, Options).GetAwaiter().GetResult();
            var cut = Wire.Say(script.ToString().Select(c => new[] { (byte)c }), new Recorder(), Options).GetAwaiter().GetResult();
            return whole == cut && Wire.Codes(whole) == expected.ToString() && receiver.Messages.Count == messages.Count;
        }).QuickCheckThrowOnFailure());
    }

    private Task<string> Say(string bytes, SmtpListenerOptions? options = null) => Wire.Say(bytes, _receiver, options ?? Options);
}
