using System.Net;
using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public sealed class SmtpSenderTests : IDisposable
{
    private readonly FakeSmtpServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_message_is_handed_over_with_its_dots_and_line_ends_made_safe()
    {
        var result = await Send("one\r\n.two\r\n..\nthree\r.four");

        Assert.Equal((SendOutcome.Accepted, 250, "2.0.0 queued as 42"), (result.Outcome, result.Code, result.Text));
        Assert.Equal("one\r\n..two\r\n...\r\nthree\r\n..four\r\n", _server.Message);
        Assert.Equal(["EHLO desk.example", "MAIL FROM:<help@desk.example> SIZE=25", "RCPT TO:<ada@client.example>", "DATA", "QUIT"], _server.Heard);
    }

    public static TheoryData<string, string, SendOutcome> Trouble()
    {
        var data = new TheoryData<string, string, SendOutcome>();
        foreach (var phase in new[] { "greeting", "EHLO", "MAIL", "RCPT", "DATA", "message" })
        {
            var lost = phase == "message" ? SendOutcome.InDoubt : SendOutcome.Temporary;
            data.Add(phase, FakeSmtpServer.Close, lost);
            data.Add(phase, "I am a teapot", lost);
            data.Add(phase, "999 no such code", lost);
            data.Add(phase, "\u00ff\u0000\u0001", lost);
            data.Add(phase, "220-" + new string('x', 100_000), lost);
            data.Add(phase, string.Concat(Enumerable.Repeat("250-more\r\n", 5000)), lost);
            data.Add(phase, "450 4.2.0 later", SendOutcome.Temporary);
            data.Add(phase, "421 4.3.2 closing", SendOutcome.Temporary);
            data.Add(phase, "554-5.7.1 no\r\n554 5.7.1 never", phase is "greeting" or "EHLO" ? SendOutcome.Temporary : SendOutcome.Permanent);
        }
        data.Add("DATA", "250 what", SendOutcome.Temporary);
        data.Add("message", "354 what", SendOutcome.InDoubt);
        data.Add("QUIT", FakeSmtpServer.Close, SendOutcome.Accepted);
        data.Add("QUIT", "garbage", SendOutcome.Accepted);
        return data;
    }

    [Theory]
    [MemberData(nameof(Trouble))]
    public async Task Whatever_the_server_does_is_an_outcome(string phase, string answer, SendOutcome outcome)
    {
        foreach (var offer in new[] { "250-fake\r\n250 SIZE 0", "250-fake\r\n250 PIPELINING" })
        {
            using var server = new FakeSmtpServer { Answers = { ["EHLO"] = offer } };
            server.Answers[phase] = answer;
            if (phase == "EHLO") server.Answers["HELO"] = answer;
            var result = await Send("x\r\n", server: server);
            Assert.Equal((outcome, true), (result.Outcome, result.Text.Length is > 0 and < 2000));
            Assert.Equal(outcome is not SendOutcome.Accepted, result.Trouble is not null);
            // 450 and 554 to MAIL speak of the message, and whatever comes after that does so too.
            Assert.Equal(phase is "greeting" or "EHLO" || (phase == "MAIL" && answer[..3] is not ("450" or "554")), result.BeforeMail);
        }
    }

    [Fact]
    public async Task Accepted_or_in_doubt_means_that_the_whole_message_came_and_it_comes_once()
    {
        var answers = Gen.Elements("250 ok", "250 ok", "250 ok", "354 go", "220 hello", "220 hello", "421 bye", "450 later", "550 no", "garbage", "", "250-a\r\n250", "250 ok\r\n250 ok", "250-STARTTLS\r\n250 SMTPUTF8", "250-x\r\n250 PIPELINING", "250-x\r\n250 PIPELINING", FakeSmtpServer.Close, "250 ok" + FakeSmtpServer.ThenClose);
        await Task.Run(() => Prop.ForAll(Gen.ArrayOf(answers, 12).ToArbitrary(), script => Holds(script).GetAwaiter().GetResult()).QuickCheckThrowOnFailure());

        static async Task<bool> Holds(string[] script)
        {
            using var server = new FakeSmtpServer();
            var phases = new[] { "greeting", "EHLO", "MAIL", "RCPT", "DATA", "message" };
            for (var i = 0; i < phases.Length; i++) server.First(phases[i], script[i], script[i + phases.Length]);
            var results = new List<SendResult>();
            await using (var sender = new SmtpSender(server.Address(), "desk.example"))
            {
                foreach (var message in new[] { "one\r\n", "two\r\n" })
                    results.Add(await sender.Send("help@desk.example", ["ada@client.example"], Encoding.ASCII.GetBytes(message), default));
            }
            await server.Finish();
            return new[] { "one\r\n", "two\r\n" }.Zip(results).All(sent => server.Messages.Contains(sent.First) || sent.Second.Outcome is SendOutcome.Temporary or SendOutcome.Permanent)
                && server.Messages.Count(message => message == "one\r\n") <= 1 && server.Messages.Count(message => message == "two\r\n") <= 1
                && server.Messages.All(message => message is "one\r\n" or "two\r\n" or "");
        }
    }

    [Theory]
    [InlineData("greeting")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task A_silent_server_is_not_waited_for(string phase)
    {
        _server.Answers[phase] = FakeSmtpServer.Silence;
        var result = await Send("x\r\n", options: Silent.Soon);
        Assert.Equal(SendOutcome.Temporary, result.Outcome);
        Assert.Contains("took too long", result.Text, StringComparison.Ordinal);
        Assert.Equal((SendTrouble.TimedOut, phase is "greeting" or "EHLO" or "MAIL"), (result.Trouble, result.BeforeMail));
    }

    [Fact]
    public async Task Silence_after_the_final_dot_leaves_the_message_in_doubt()
    {
        _server.Answers["message"] = FakeSmtpServer.Silence;
        var result = await Send("x\r\n", options: new() { Final = TimeSpan.FromMilliseconds(50) });
        Assert.Equal((SendOutcome.InDoubt, "While waiting for the answer to the message: the server took too long"), (result.Outcome, result.Text));
    }

    [Fact]
    public async Task A_server_that_stops_reading_is_not_waited_for()
    {
        _server.Answers["DATA"] = "354 go" + FakeSmtpServer.StopReading;
        var result = await Send(new string('x', 30_000_000), options: new() { Transfer = TimeSpan.FromMilliseconds(50), SlowestBytes = int.MaxValue });
        Assert.Equal(SendOutcome.Temporary, result.Outcome);
        Assert.Contains("handing over the message", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_message_has_as_long_as_it_takes_over_a_slow_line()
    {
        var options = new SmtpSenderOptions();
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)), (options.TransferOf(0), options.TotalOf(0)));
        Assert.Equal((TimeSpan.FromSeconds(120 + 300), TimeSpan.FromSeconds(300 + 300)), (options.TransferOf(30_000_000), options.TotalOf(30_000_000)));
    }

    [Fact]
    public async Task The_time_that_its_bytes_take_is_granted_to_a_message()
    {
        var options = new SmtpSenderOptions { Transfer = TimeSpan.FromMilliseconds(1), SlowestBytes = 10 };
        Assert.Equal(SendOutcome.Accepted, (await Send(new string('x', 1000) + "\r\n", options: options)).Outcome);
        Assert.Equal((TimeSpan.FromMilliseconds(100_001), options.Total + TimeSpan.FromSeconds(100)), (options.TransferOf(1000), options.TotalOf(1000)));
    }

    [Fact]
    public async Task The_whole_attempt_is_bounded_too()
    {
        _server.Answers["greeting"] = FakeSmtpServer.Silence;
        Assert.Equal(SendOutcome.Temporary, (await Send("x\r\n", options: new() { Total = TimeSpan.FromMilliseconds(50) })).Outcome);
    }

    [Fact]
    public async Task Cancelling_throws_while_nothing_is_handed_over_and_leaves_doubt_afterwards()
    {
        using var early = new CancellationTokenSource();
        await early.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Send("x\r\n", cancel: early.Token));

        using var late = new CancellationTokenSource();
        _server.Answers["message"] = FakeSmtpServer.Silence;
        var sending = Send("x\r\n", cancel: late.Token);
        await _server.MessageCame;
        await late.CancelAsync();
        Assert.Equal(SendOutcome.InDoubt, (await sending).Outcome);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_temporary()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var sender = new SmtpSender(new Smarthost("127.0.0.1", port, MailTls.WhenOffered, null, null), "x");
        var result = await sender.Send("a@b.example", ["c@d.example"], default, default);
        Assert.Equal((SendOutcome.Temporary, (int?)null), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task An_old_server_is_greeted_with_HELO()
    {
        _server.Answers["EHLO"] = "502 unknown";
        Assert.Equal(SendOutcome.Accepted, (await Send("x\r\n")).Outcome);
        Assert.Equal(["EHLO desk.example", "HELO desk.example", "MAIL FROM:<help@desk.example>"], _server.Heard.Take(3));
    }

    [Fact]
    public async Task A_message_larger_than_the_server_says_it_takes_is_not_begun()
    {
        _server.Answers["EHLO"] = "250-fake\r\n250 SIZE 10";
        var result = await Send(new string('x', 11));
        Assert.Equal(SendOutcome.Permanent, result.Outcome);
        Assert.Contains("11 bytes", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Heard, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Some_refused_recipients_do_not_keep_the_message_from_the_others()
    {
        _server.OnRecipient = line => line.Contains("one@", StringComparison.Ordinal) ? "550 5.1.1 unknown" : "250 ok";
        var result = await Send("x\r\n", to: ["one@client.example", "two@client.example"]);
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal(new RefusedRecipient("one@client.example", 550, "5.1.1 unknown"), Assert.Single(result.Refused));
    }

    [Fact]
    public async Task When_all_recipients_are_refused_one_that_may_work_later_is_reason_to_come_back()
    {
        _server.OnRecipient = line => line.Contains("one@", StringComparison.Ordinal) ? "550 5.1.1 unknown" : "451 4.7.1 greylisted";
        var result = await Send("x\r\n", to: ["one@client.example", "two@client.example"]);
        Assert.Equal((SendOutcome.Temporary, 451), (result.Outcome, result.Code));
        Assert.DoesNotContain("DATA", _server.Heard);
    }

    [Theory]
    [InlineData("a@b.example>\r\nRCPT TO:<evil@client.example")]
    [InlineData("a\r\n@b.example")]
    [InlineData("a@b.example> SIZE=1")]
    [InlineData("a b@c.example")]
    [InlineData("\"a\r\nb\"@c.example")]
    [InlineData("a@b\u0085.example")]
    [InlineData("a@b example")]
    [InlineData("nobody")]
    [InlineData("\ud800@b.example")]
    [InlineData("")]
    public async Task An_address_that_could_carry_a_command_is_refused_before_connecting(string address)
    {
        var result = await Send("x\r\n", to: ["fine@client.example", address]);
        Assert.Equal(SendOutcome.Permanent, result.Outcome);
        Assert.DoesNotContain('\n', result.Text);
        Assert.False(result.BeforeMail); // nobody was asked, so nobody turned us away
        Assert.Empty(_server.Heard);
    }

    [Fact]
    public async Task Letters_beyond_ASCII_need_a_server_that_takes_them()
    {
        Assert.Equal(SendOutcome.Permanent, (await Send("x\r\n", to: ["j\u00f6rg@client.example"])).Outcome);
        using var modern = new FakeSmtpServer { Answers = { ["EHLO"] = "250-fake\r\n250 SMTPUTF8" } };
        Assert.Equal(SendOutcome.Accepted, (await Send("x\r\n", to: ["j\u00f6rg@b\u00fccher.example"], server: modern)).Outcome);
        Assert.Contains("MAIL FROM:<help@desk.example> SMTPUTF8", modern.Heard);
        Assert.Contains("RCPT TO:<j\u00f6rg@xn--bcher-kva.example>", modern.Heard);
    }

    [Fact]
    public async Task A_domain_beyond_ASCII_goes_to_any_server()
    {
        Assert.Equal(SendOutcome.Accepted, (await Send("x\r\n", to: ["ada@b\u00fccher.example"])).Outcome);
        Assert.Contains("RCPT TO:<ada@xn--bcher-kva.example>", _server.Heard);
    }

    private async Task<SendResult> Send(string message, string[]? to = null, SmtpSenderOptions? options = null, FakeSmtpServer? server = null, CancellationToken cancel = default)
    {
        await using var sender = new SmtpSender((server ?? _server).Address(), "desk.example", options);
        return await sender.Send("help@desk.example", to ?? ["ada@client.example"], Encoding.Latin1.GetBytes(message), cancel);
    }
}
