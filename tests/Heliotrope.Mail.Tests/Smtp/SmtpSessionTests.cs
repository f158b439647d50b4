using System.IO.Pipelines;
using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public class SmtpSessionTests
{
    private readonly Recorder _receiver = new();

    [Fact]
    public async Task A_message_goes_to_the_receiver_with_its_envelope()
    {
        var said = await Wire.Say($"{Wire.Hello}{Wire.Envelope}DATA\r\nSubject: Hi\r\n\r\n..dot\r\n.\r\nQUIT\r\n", _receiver);

        Assert.Equal("220 250 250 250 354 250 221", Wire.Codes(said));
        var (envelope, text) = Assert.Single(_receiver.Messages);
        Assert.Equal("Subject: Hi\r\n\r\n.dot\r\n", text);
        Assert.Equal(("ada@client.example", "192.0.2.1", "client.example", false), (envelope.From, envelope.RemoteAddress, envelope.Helo, envelope.Tls));
        Assert.Equal(["help@desk.example"], envelope.To);
    }

    [Fact]
    public async Task Extensions_are_announced_and_STARTTLS_only_with_a_certificate()
    {
        var said = await Wire.Say(Wire.Hello, _receiver, Wire.Options with { MaxMessageBytes = 1234 });
        foreach (var extension in new[] { "PIPELINING", "SIZE 1234", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES" })
            Assert.Contains($"250-{extension}\r\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("STARTTLS", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_messages_fit_in_one_session()
    {
        var one = $"{Wire.Envelope}DATA\r\none\r\n.\r\n";
        await Wire.Say($"HELO x\r\n{one}{one.Replace("one", "two", StringComparison.Ordinal)}", _receiver);
        Assert.Equal(["one\r\n", "two\r\n"], _receiver.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_bounce_comes_from_the_null_sender()
    {
        await Wire.Say("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nx\r\n.\r\n", _receiver);
        Assert.Equal("", Assert.Single(_receiver.Messages).Envelope.From);
    }

    [Theory]
    [InlineData("MAIL FROM: <a@b.example> SIZE=10 BODY=8BITMIME", 250)]
    [InlineData("mail from:a@b.example", 250)]
    [InlineData("MAIL FROM:<\"a b>c\"@b.example>", 250)]
    [InlineData("MAIL FROM:<@relay.example:a@b.example>", 250)]
    [InlineData("MAIL FROM:<a@b.example", 501)]
    [InlineData("MAIL FROM:<a b@b.example>", 501)]
    [InlineData("MAIL FROM:<a@b.example>SIZE=1", 501)]
    [InlineData("MAIL FROM:", 501)]
    [InlineData("MAIL a@b.example", 501)]
    [InlineData("MAIL FROM:<a@b.example> SIZE=99999999999", 552)]
    [InlineData("MAIL FROM:<a@b.example> SIZE=many", 555)]
    [InlineData("MAIL FROM:<a@b.example> BODY=BINARYMIME", 555)]
    [InlineData("MAIL FROM:<j\u00c3\u00b6rg@b.example>", 553)]
    [InlineData("MAIL FROM:<j\u00c3\u00b6rg@b.example> SMTPUTF8", 250)]
    [InlineData("MAIL FROM:<\u00ff@b.example> SMTPUTF8", 501)]
    [InlineData("RCPT TO:<a@b.example>", 503)]
    [InlineData("DATA", 503)]
    [InlineData("STARTTLS", 503)]
    [InlineData("VRFY ada", 252)]
    [InlineData("NOOP", 250)]
    [InlineData("RSET", 250)]
    [InlineData("HELP", 214)]
    [InlineData("EHLO", 501)]
    [InlineData("EXPN staff", 502)]
    [InlineData("XYZZY", 500)]
    [InlineData("", 500)]
    [InlineData("NOOP\0", 500)]
    [InlineData("GET / HTTP/1.1", 421)]
    public async Task A_command_is_answered(string command, int code)
        => Assert.Equal($"220 250 {code}", Wire.Codes(await Wire.Say($"{Wire.Hello}{command}\r\n", _receiver)));

    [Fact]
    public async Task Nothing_is_taken_before_a_greeting()
        => Assert.Equal("220 503", Wire.Codes(await Wire.Say("MAIL FROM:<a@b.example>\r\n", _receiver)));

    [Fact]
    public async Task A_recipient_the_receiver_does_not_know_is_refused_and_the_others_get_the_message()
    {
        _receiver.OnRecipient = address => address.StartsWith("help", StringComparison.Ordinal) ? new(250, "Ok") : new(550, "No such\r\n250 mailbox");
        var said = await Wire.Say($"{Wire.Hello}MAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@desk.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nx\r\n.\r\n", _receiver);
        Assert.Equal("220 250 250 550 250 354 250", Wire.Codes(said));
        Assert.Contains("550 5.0.0 No such 250 mailbox\r\n", said, StringComparison.Ordinal);
        Assert.Contains("250 2.1.5 Ok\r\n", said, StringComparison.Ordinal);
        Assert.Equal(["help@desk.example"], Assert.Single(_receiver.Messages).Envelope.To);
    }

    [Fact]
    public async Task Without_an_accepted_recipient_there_is_no_message()
    {
        _receiver.OnRecipient = _ => new(550, "5.1.1 Unknown");
        Assert.Equal("220 250 250 550 503", Wire.Codes(await Wire.Say($"{Wire.Hello}{Wire.Envelope}DATA\r\n", _receiver)));
    }

    [Fact]
    public async Task More_recipients_than_allowed_are_asked_to_come_later()
    {
        var said = await Wire.Say($"{Wire.Hello}{Wire.Envelope}RCPT TO:<two@desk.example>\r\n", _receiver, Wire.Options with { MaxRecipients = 1 });
        Assert.Equal("220 250 250 250 452", Wire.Codes(said));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_and_the_session_goes_on()
    {
        var options = Wire.Options with { MaxMessageBytes = 1000 };
        string Mail(int bytes) => $"{Wire.Envelope}DATA\r\n{new string('x', bytes - 2)}\r\n.\r\n";
        var said = await Wire.Say($"{Wire.Hello}{Mail(1001)}{Mail(1000)}", _receiver, options);
        Assert.Equal("220 250 250 250 354 552 250 250 354 250", Wire.Codes(said));
        Assert.Equal(1000, Assert.Single(_receiver.Messages).Text.Length);
    }

    [Fact]
    public async Task A_command_line_without_end_costs_no_memory_and_one_error()
        => Assert.Equal("220 500 250", Wire.Codes(await Wire.Say($"{new string('x', 5_000_000)}\r\nNOOP\r\n", _receiver)));

    [Fact]
    public async Task Too_many_errors_end_the_session()
    {
        var said = await Wire.Say("BAD\r\nBAD\r\nBAD\r\n", _receiver, Wire.Options with { MaxErrors = 2 });
        Assert.Equal("220 500 500 421", Wire.Codes(said));
    }

    [Fact]
    public async Task Endless_small_talk_ends_the_session()
    {
        var codes = Wire.Codes(await Wire.Say(string.Concat(Enumerable.Repeat("NOOP\r\n", 500)), _receiver));
        Assert.Equal("220" + string.Concat(Enumerable.Repeat(" 250", 100)) + " 421", codes);
    }

    [Fact]
    public async Task A_receiver_that_fails_makes_the_sender_come_back()
    {
        var seen = new List<Exception>();
        _receiver.OnMessage = () => throw new InvalidOperationException("disk");
        var said = await Wire.Say($"{Wire.Hello}{Wire.Envelope}DATA\r\nx\r\n.\r\nNOOP\r\n", _receiver, Wire.Options with { ReceiverFailed = seen.Add });
        Assert.Equal("220 250 250 250 354 451 250", Wire.Codes(said));
        Assert.DoesNotContain("disk", said, StringComparison.Ordinal);
        Assert.Equal("disk", Assert.Single(seen).Message);
    }

    [Fact]
    public async Task A_message_cut_off_before_its_dot_is_not_taken()
    {
        await Wire.Say($"{Wire.Hello}{Wire.Envelope}DATA\r\nhalf\r\n.", _receiver);
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task The_answer_is_sent_only_after_the_receiver_has_stored_the_message()
    {
        var (client, server) = Wire.Connect();
        var before = "";
        _receiver.OnMessage = () =>
        {
            before = Said(client);
            return new(250, "2.0.0 Stored");
        };
        await client.Output.WriteAsync(Encoding.ASCII.GetBytes($"{Wire.Hello}{Wire.Envelope}DATA\r\n"));
        var session = Wire.Serve(server, _receiver, Wire.Options);
        await client.Output.WriteAsync("x\r\n.\r\nQUIT\r\n"u8.ToArray());
        await session;
        Assert.EndsWith("354 End with a dot on a line of its own\r\n", before, StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0 Stored\r\n", Said(client), StringComparison.Ordinal);

        static string Said(IDuplexPipe client)
        {
            Assert.True(client.Input.TryRead(out var read));
            var text = Encoding.ASCII.GetString(read.Buffer);
            client.Input.AdvanceTo(read.Buffer.End);
            return text;
        }
    }

    [Fact]
    public async Task A_silent_sender_is_sent_away()
        => Assert.EndsWith("421 4.4.2 desk.example Waited too long\r\n", await Stall("", new() { HostName = "desk.example", IdleTimeout = TimeSpan.FromMilliseconds(30) }), StringComparison.Ordinal);

    [Fact]
    public async Task A_sender_that_never_reads_its_answers_is_sent_away()
    {
        var (client, server) = Wire.Connect(unread: 64);
        await client.Output.WriteAsync(Encoding.ASCII.GetBytes($"{Wire.Hello}{Wire.Envelope}DATA\r\nx\r\n.\r\n{Wire.Envelope}"));
        await Wire.Serve(server, _receiver, Wire.Options with { IdleTimeout = TimeSpan.FromSeconds(3) }).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(_receiver.Messages);
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_a_sender_that_never_reads()
    {
        using var stop = new CancellationTokenSource();
        var (client, server) = Wire.Connect(unread: 64);
        await client.Output.WriteAsync(Encoding.ASCII.GetBytes($"{Wire.Hello}{Wire.Envelope}DATA\r\nx\r\n.\r\n"));
        var serving = SmtpSession.Serve(server, "192.0.2.1", _receiver, Wire.Options, stop.Token);
        await stop.CancelAsync();
        await serving.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(_receiver.Messages);
    }

    [Fact]
    public async Task A_message_that_takes_for_ever_is_not_waited_for()
    {
        var options = Wire.Options with { MessageTimeout = TimeSpan.FromMilliseconds(30) };
        Assert.EndsWith("421 4.4.2 desk.example Waited too long\r\n", await Stall($"{Wire.Hello}{Wire.Envelope}DATA\r\nand then", options), StringComparison.Ordinal);
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task A_server_that_stops_says_so_but_answers_for_the_message_in_hand()
    {
        using var stop = new CancellationTokenSource();
        _receiver.OnMessage = () =>
        {
            stop.Cancel();
            return new(250, "Stored");
        };
        var bytes = Encoding.ASCII.GetBytes($"{Wire.Hello}{Wire.Envelope}DATA\r\nx\r\n.\r\n{Wire.Envelope}");
        var said = await Wire.Say([bytes], _receiver, Wire.Options, stop.Token);
        Assert.EndsWith("250 2.0.0 Stored\r\n421 4.3.2 desk.example Shutting down\r\n", said, StringComparison.Ordinal);
    }

    /// <summary>Sends the words and then nothing more, the connection staying open.</summary>
    private async Task<string> Stall(string words, SmtpListenerOptions options)
    {
        var (client, server) = Wire.Connect();
        await client.Output.WriteAsync(Encoding.ASCII.GetBytes(words));
        await Wire.Serve(server, _receiver, options);
        using var said = new StreamReader(client.Input.AsStream());
        return await said.ReadToEndAsync();
    }
}
