using System.Net;
using System.Net.Sockets;
using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public sealed class SmtpPipeliningTests : IDisposable
{
    private readonly FakeSmtpServer _server = new() { Answers = { ["EHLO"] = "250-fake\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 1000" } };

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Sender_recipients_and_DATA_go_in_one_write()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var sender = new SmtpSender(new Smarthost("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, MailTls.WhenOffered, null, null), "desk.example");
        var sending = sender.Send("help@desk.example", ["one@client.example", "two@client.example"], "x\r\n"u8.ToArray(), default);

        // A server that answers nothing until it has heard DATA: a sender that waited for an answer first would wait for ever.
        using var socket = await listener.AcceptSocketAsync();
        await using var stream = new NetworkStream(socket);
        await Say("220 fake");
        await Hear("EHLO desk.example\r\n");
        await Say("250-fake\r\n250 PIPELINING");
        await Hear("MAIL FROM:<help@desk.example>\r\nRCPT TO:<one@client.example>\r\nRCPT TO:<two@client.example>\r\nDATA\r\n");
        await Say("250 a\r\n250 b\r\n250 c\r\n354 go");
        await Hear("x\r\n.\r\n");
        await Say("250 taken");
        Assert.Equal(SendOutcome.Accepted, (await sending).Outcome);

        async Task Say(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));

        async Task Hear(string expected)
        {
            var bytes = new byte[expected.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.Equal(expected, Encoding.ASCII.GetString(bytes));
        }
    }

    [Theory]
    [InlineData("250-fake\r\n250-PIPELINING\r\n250 8BITMIME")]
    [InlineData("250-fake\r\n250 8BITMIME")]
    public async Task Of_three_recipients_one_is_taken_one_refused_and_one_put_off(string offer)
    {
        _server.Answers["EHLO"] = offer;
        _server.OnRecipient = line => line.Contains("never@", StringComparison.Ordinal) ? "550 5.1.1 unknown" : line.Contains("later@", StringComparison.Ordinal) ? "450 4.2.0 busy" : "250 ok";
        var result = await Send("\u00e4\r\n", "never@client.example", "later@client.example", "ada@client.example");

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal([new("never@client.example", 550, "5.1.1 unknown"), new("later@client.example", 450, "4.2.0 busy")], result.Refused);
        Assert.Single(_server.Messages);
        Assert.Contains("MAIL FROM:<help@desk.example> BODY=8BITMIME", _server.Heard);
    }

    [Fact]
    public async Task When_DATA_is_taken_although_no_recipient_was_nothing_but_a_dot_is_sent()
    {
        _server.Answers["RCPT"] = "550 5.1.1 unknown";
        var result = await Send("secret words\r\n", "one@client.example", "two@client.example");

        Assert.Equal((SendOutcome.Permanent, 550), (result.Outcome, result.Code));
        Assert.Equal("", Assert.Single(_server.Messages));
        Assert.Equal(["DATA", "RSET", "QUIT"], _server.Heard[^3..]);
    }

    [Theory]
    [InlineData("503 5.5.1 RCPT comes first")]
    [InlineData("554 5.5.1 no valid recipients")]
    [InlineData("250 what")]
    [InlineData("garbage")]
    [InlineData(FakeSmtpServer.Close)]
    [InlineData(FakeSmtpServer.Silence)]
    public async Task What_refused_a_message_is_told_whatever_is_answered_to_the_commands_behind_it(string data)
    {
        _server.Answers["RCPT"] = "451 4.7.1 greylisted";
        _server.Answers["DATA"] = data;
        await using var sender = new SmtpSender(_server.Address(), "desk.example", data is FakeSmtpServer.Silence ? Silent.Soon : new());
        var result = await sender.Send("help@desk.example", ["ada@client.example"], "x\r\n"u8.ToArray(), default);
        Assert.Equal((SendOutcome.Temporary, 451, "4.7.1 greylisted"), (result.Outcome, result.Code, result.Text));

        _server.Answers["RCPT"] = "250 ok";
        _server.Answers["DATA"] = "354 go on";
        Assert.Equal(SendOutcome.Accepted, (await sender.Send("help@desk.example", ["ada@client.example"], "x\r\n"u8.ToArray(), default)).Outcome);
    }

    [Fact]
    public async Task A_sender_that_is_refused_hands_over_nothing_even_when_recipients_and_DATA_are_taken()
    {
        _server.Answers["MAIL"] = "550 5.7.1 not you";
        var result = await Send("x\r\n", "ada@client.example");
        Assert.Equal((SendOutcome.Permanent, "5.7.1 not you"), (result.Outcome, result.Text));
        await _server.Finish();
        Assert.Empty(_server.Messages);
    }

    [Fact]
    public async Task A_server_that_closes_among_the_answers_is_temporary()
    {
        _server.OnRecipient = _ => "421 4.3.2 closing" + FakeSmtpServer.ThenClose;
        var result = await Send("x\r\n", "one@client.example", "two@client.example");
        Assert.Equal((SendOutcome.Temporary, 421), (result.Outcome, result.Code));
    }

    [Theory]
    [InlineData("354 go\r\n250 taken already")]
    [InlineData("354 go\r\n354 go")]
    public async Task An_answer_that_nothing_asked_for_ends_the_attempt(string data)
    {
        _server.Answers["DATA"] = data;
        var result = await Send("x\r\n", "ada@client.example");
        Assert.Equal(SendOutcome.Temporary, result.Outcome);
        Assert.Contains("out of turn", result.Text, StringComparison.Ordinal);
        await _server.Finish();
        Assert.Empty(_server.Messages);
    }

    [Fact]
    public async Task A_message_to_a_thousand_is_written_in_pieces_and_taken()
    {
        var result = await Send("x\r\n", [.. Enumerable.Range(0, 1000).Select(i => $"r{i}@client.example")]);
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal(1000, _server.Heard.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Single(_server.Heard, "DATA");
    }

    [Fact]
    public async Task Size_and_letters_beyond_ASCII_are_minded()
    {
        Assert.Equal(SendOutcome.Permanent, (await Send(new string('x', 1001), "ada@client.example")).Outcome);
        Assert.DoesNotContain(_server.Heard, line => line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal(SendOutcome.Accepted, (await Send("\u00e4\r\n", "j\u00f6rg@client.example")).Outcome);
        Assert.Contains("MAIL FROM:<help@desk.example> SIZE=3 BODY=8BITMIME SMTPUTF8", _server.Heard);
    }

    private async Task<SendResult> Send(string message, params string[] to)
    {
        await using var sender = new SmtpSender(_server.Address(), "desk.example");
        return await sender.Send("help@desk.example", to, Encoding.Latin1.GetBytes(message), default);
    }
}
