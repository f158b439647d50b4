using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public sealed class SmtpReuseTests : IDisposable
{
    private readonly FakeSmtpServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("250 fake")]
    [InlineData("250-fake\r\n250 PIPELINING")]
    public async Task The_next_message_goes_over_the_same_connection(string offer)
    {
        _server.Answers["EHLO"] = offer;
        await using (var sender = Sender())
        {
            for (var i = 0; i < 3; i++) Assert.Equal(SendOutcome.Accepted, (await Send(sender, $"{i}\r\n")).Outcome);
        }
        await _server.Finish();
        Assert.Equal(1, _server.Connections);
        Assert.Equal(["0\r\n", "1\r\n", "2\r\n"], _server.Messages);
        Assert.Single(_server.Heard, "EHLO desk.example");
        Assert.Equal("QUIT", _server.Heard[^1]);
    }

    [Fact]
    public async Task A_connection_is_signed_in_once()
    {
        using var server = new FakeSmtpServer { TlsFirst = true, Answers = { ["AUTH"] = "235 welcome" } };
        await using (var sender = new SmtpSender(server.Address(MailTls.Implicit, "ada"), "desk.example", new() { CertificateCheck = TestCertificate.IsTaken }))
        {
            for (var i = 0; i < 3; i++) Assert.Equal(SendOutcome.Accepted, (await Send(sender)).Outcome);
        }
        Assert.Equal(1, server.Connections);
        Assert.Single(server.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_at_once_have_a_connection_each_and_only_a_few_are_kept()
    {
        await using var sender = Sender(new() { MostIdle = 2 });
        for (var round = 0; round < 3; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send(sender)));
            Assert.All(results, result => Assert.Equal(SendOutcome.Accepted, result.Outcome));
        }
        Assert.Equal(24, _server.Messages.Count);
        Assert.InRange(_server.Heard.Count(line => line == "QUIT"), _server.Connections - 2, _server.Connections - 1);
    }

    [Fact]
    public async Task After_so_many_messages_a_new_connection_begins()
    {
        await using (var sender = Sender(new() { MessagesEach = 2 }))
        {
            for (var i = 0; i < 5; i++) await Send(sender);
        }
        Assert.Equal(3, _server.Connections);
    }

    [Fact]
    public async Task With_none_to_be_kept_each_message_has_its_own()
    {
        await using var sender = Sender(new() { MostIdle = 0 });
        for (var i = 0; i < 2; i++) await Send(sender);
        Assert.Equal((2, 2), (_server.Connections, _server.Heard.Count(line => line == "QUIT")));
    }

    [Fact]
    public async Task An_idle_connection_is_left_by_itself()
    {
        await using var sender = Sender(new() { Idle = TimeSpan.FromMilliseconds(20) });
        await Send(sender);
        await _server.Left;
        Assert.Equal("QUIT", _server.Heard[^1]);
    }

    [Theory]
    [InlineData("250 taken" + FakeSmtpServer.ThenClose)]
    [InlineData("250 taken\r\n421 4.4.2 idle too long" + FakeSmtpServer.ThenClose)]
    public async Task A_kept_connection_that_the_server_closed_is_replaced(string message)
    {
        _server.First("message", message);
        await using var sender = Sender();
        Assert.Equal(SendOutcome.Accepted, (await Send(sender)).Outcome);
        await _server.Left;
        Assert.Equal(SendOutcome.Accepted, (await Send(sender)).Outcome);
        Assert.Equal((2, 2), (_server.Connections, _server.Messages.Count));
    }

    [Theory]
    [InlineData("250 fake", FakeSmtpServer.Close)]
    [InlineData("250 fake", "421 4.7.0 too many messages in this connection")]
    [InlineData("250 fake", "421 4.7.0 too many messages in this connection" + FakeSmtpServer.ThenClose)]
    [InlineData("250 fake", "garbage")]
    [InlineData("250 fake", FakeSmtpServer.Silence)]
    [InlineData("250-fake\r\n250 PIPELINING", FakeSmtpServer.Close)]
    [InlineData("250-fake\r\n250 PIPELINING", "421 4.7.0 too many messages in this connection")]
    [InlineData("250-fake\r\n250 PIPELINING", FakeSmtpServer.Silence)]
    public async Task A_kept_connection_that_fails_before_MAIL_is_answered_is_replaced(string offer, string mail)
    {
        _server.Answers["EHLO"] = offer;
        _server.First("MAIL", "250 ok", mail);
        await using var sender = Sender(mail is FakeSmtpServer.Silence ? Silent.Soon : new());
        Assert.Equal(SendOutcome.Accepted, (await Send(sender, "one\r\n")).Outcome);
        Assert.Equal(SendOutcome.Accepted, (await Send(sender, "two\r\n")).Outcome);
        Assert.Equal(2, _server.Connections);
        Assert.Equal(["one\r\n", "two\r\n"], _server.Messages);
    }

    [Fact]
    public async Task A_new_connection_that_fails_is_not_tried_again_at_once()
    {
        _server.Answers["MAIL"] = "421 4.3.2 closing";
        await using var sender = Sender();
        Assert.Equal((SendOutcome.Temporary, 421), ((await Send(sender)).Outcome, (await Send(sender)).Code));
        Assert.Equal(2, _server.Connections);
    }

    [Theory]
    [InlineData("RCPT", FakeSmtpServer.Close, SendOutcome.Temporary)]
    [InlineData("RCPT", "421 4.3.2 closing", SendOutcome.Temporary)]
    [InlineData("DATA", FakeSmtpServer.Close, SendOutcome.Temporary)]
    [InlineData("message", FakeSmtpServer.Close, SendOutcome.InDoubt)]
    [InlineData("message", "421 4.3.2 closing", SendOutcome.Temporary)]
    public async Task Once_MAIL_is_answered_a_kept_connection_is_like_any_other(string phase, string answer, SendOutcome outcome)
    {
        _server.First(phase, _server.Answers.GetValueOrDefault(phase, "250 ok"), answer);
        await using var sender = Sender();
        Assert.Equal(SendOutcome.Accepted, (await Send(sender, "one\r\n")).Outcome);
        Assert.Equal(outcome, (await Send(sender, "two\r\n")).Outcome);
        Assert.Equal(1, _server.Connections);

        Assert.Equal(SendOutcome.Accepted, (await Send(sender, "three\r\n")).Outcome);
        Assert.Equal((2, "three\r\n"), (_server.Connections, _server.Message));
    }

    [Theory]
    [InlineData("MAIL", "550 5.7.1 no")]
    [InlineData("RCPT", "450 4.2.0 later")]
    [InlineData("DATA", "451 4.3.0 later")]
    [InlineData("message", "554 5.6.0 no")]
    public async Task After_a_refusal_the_connection_begins_anew(string phase, string refusal)
    {
        _server.First(phase, refusal);
        await using var sender = Sender();
        Assert.NotEqual(SendOutcome.Accepted, (await Send(sender)).Outcome);
        Assert.Equal("RSET", _server.Heard[^1]);
        Assert.Equal(SendOutcome.Accepted, (await Send(sender)).Outcome);
        Assert.Equal(1, _server.Connections);
    }

    [Theory]
    [InlineData(FakeSmtpServer.Close)]
    [InlineData(FakeSmtpServer.Silence)]
    [InlineData("garbage")]
    [InlineData("500 what")]
    public async Task A_server_that_does_not_begin_anew_is_left_and_the_outcome_stays(string reset)
    {
        _server.First("RCPT", "550 5.1.1 unknown");
        _server.Answers["RSET"] = reset;
        await using var sender = Sender();
        Assert.Equal(SendOutcome.Permanent, (await Send(sender)).Outcome);
        Assert.Equal(SendOutcome.Accepted, (await Send(sender)).Outcome);
        Assert.Equal(2, _server.Connections);
    }

    [Theory]
    [InlineData("MAIL", "354 what")]
    [InlineData("DATA", "250 what")]
    [InlineData("message", "354 what")]
    public async Task A_server_whose_answers_do_not_fit_is_not_spoken_to_again_on_that_connection(string phase, string answer)
    {
        _server.First(phase, answer);
        await using var sender = Sender();
        Assert.Equal(phase is "message" ? SendOutcome.InDoubt : SendOutcome.Temporary, (await Send(sender)).Outcome);
        Assert.Equal(SendOutcome.Accepted, (await Send(sender)).Outcome);
        Assert.Equal(2, _server.Connections);
    }

    [Fact]
    public async Task Cancelling_with_a_kept_connection_throws_and_hands_nothing_over()
    {
        _server.First("MAIL", "250 ok", FakeSmtpServer.Silence);
        await using var sender = Sender();
        await Send(sender);
        using var cancel = new CancellationTokenSource();
        var sending = sender.Send("help@desk.example", ["ada@client.example"], "two\r\n"u8.ToArray(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(_server.Messages);
    }

    private SmtpSender Sender(SmtpSenderOptions? options = null) => new(_server.Address(), "desk.example", options);

    private static Task<SendResult> Send(SmtpSender sender, string message = "x\r\n")
        => sender.Send("help@desk.example", ["ada@client.example"], Encoding.ASCII.GetBytes(message), default);
}
