using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Channels;

public sealed class MachineMailTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory]
    [EveryDatabase("Auto-Submitted: auto-replied")]
    [EveryDatabase("X-Autoreply: yes")]
    public async Task An_absence_notice_never_reopens_nor_stops_the_clock(Engine engine, string header)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var details = (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable.", resolve = true })).Is(200).Json;
        var reply = details.Items("entries").First(e => e.Text("kind") == "message" && e.Text("direction") == "out").Text("messageId");

        var notice = mail.Answer("I am away until Monday. Thanks.", reply) with { Subject = "Out of office", More = [header] };
        Assert.Equal(number, await server.Receive(notice));
        var conversation = await server.Api.Conversation(number);
        Assert.Equal("resolved", conversation.Text("state"));
        Assert.Equal("machine", conversation.Items("entries")[^1].Text("author"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, conversation.GetProperty("happiness").GetProperty("kind").ValueKind);
        Assert.Equal(2, (await server.Api.Outbox(number)).Length); // the reply and the confidence check: nothing answers a machine
    }

    [Theory, EveryDatabase]
    public async Task A_reply_that_bounces_is_said_in_its_conversation_and_puts_it_on_top(Engine engine)
    {
        var server = await servers.On(engine);
        var (mail, number) = await Answered(server, resolve: false);
        var back = await SignedAddress(server, number);
        Assert.Equal(number, await server.Receive(Report(back, mail.Author, "delayed", "4.4.1")));
        Assert.Equal("waiting", (await server.Api.Conversation(number)).Text("state"));
        Assert.Equal(number, await server.Receive(Report(back, mail.Author, "delivered", "2.0.0")));

        Assert.Equal(number, await server.Receive(Report(back, mail.Author, "failed", "5.1.1")));
        var conversation = await server.Api.Conversation(number);
        Assert.Equal(("open", "not-sent"), (conversation.Text("state"), conversation.Text("attention")));
        Assert.Equal([("delayed", $"{mail.Author} 4.4.1"), ("bounced", $"{mail.Author} 5.1.1")], (await server.Api.Entries(number, "event")).Select(e => (e.Text("text"), e.Text("detail"))));
    }

    [Theory, EveryDatabase]
    public async Task A_bounce_without_our_address_is_filed_under_the_mail_that_it_returns(Engine engine)
    {
        var server = await servers.On(engine);
        var (mail, number) = await Answered(server, resolve: false);
        var returned = (await server.Api.Outbox(number))[0].Text("messageId");
        Assert.Equal(number, await server.Receive(Report("help@desk.example", mail.Author, "failed", "5.2.2", returned)));
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task A_copy_that_bounces_is_said_and_opens_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable.", cc = new[] { "archive@client.example" } })).Is(200);
        Assert.Equal(number, await server.Receive(Report(await SignedAddress(server, number), "Archive@client.example", "failed", "5.2.2", (await server.Api.Outbox(number))[0].Text("messageId"))));
        Assert.Equal("waiting", (await server.Api.Conversation(number)).Text("state"));
        Assert.Equal("bounced", Assert.Single(await server.Api.Events(number)));
    }

    [Theory, EveryDatabase]
    public async Task A_confidence_check_that_bounces_opens_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var (mail, number) = await Answered(server, resolve: true);
        var asked = (await server.Api.Outbox(number, "confidence"))[0].Text("messageId");
        Assert.Equal(number, await server.Receive(Report(await SignedAddress(server, number), mail.Author, "failed", "5.1.1", asked)));
        Assert.Equal("resolved", (await server.Api.Conversation(number)).Text("state"));
        Assert.Equal("bounced", (await server.Api.Entries(number, "event"))[^1].Text("text"));
    }

    [Theory, EveryDatabase]
    public async Task Who_reported_a_mail_of_ours_as_unwanted_is_asked_nothing_by_a_machine(Engine engine)
    {
        var server = await servers.On(engine);
        var (mail, number) = await Answered(server, resolve: false);
        var id = (await server.Api.Outbox(number))[0].Text("messageId");
        Assert.Equal(number, await server.Receive(Complaint("auth-failure", id))); // a check that failed on the way is no complaint
        Assert.Empty(await server.Api.Events(number));
        Assert.Equal(number, await server.Receive(Complaint("abuse", id)));
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve", new { })).Is(200);
        Assert.Empty(await server.Api.Outbox(number, "confidence"));
        Assert.Equal(["complained", "resolved", "not-asked.unwanted"], await server.Api.Events(number));

        var (_, another) = await Answered(server, resolve: true, mail with { MessageId = $"{Guid.NewGuid():N}@client.example", Text = "Something else" });
        Assert.NotEqual(number, another);
        Assert.Empty(await server.Api.Outbox(another, "confidence"));
    }

    /// <summary>What a provider tells of a mail of ours (RFC 5965).</summary>
    private static TestMail Complaint(string type, string id) => new()
    {
        From = "Feedback <fbl@provider.example>",
        Subject = "Complaint",
        More = ["MIME-Version: 1.0", "Content-Type: multipart/report; report-type=feedback-report; boundary=seam"],
        Text = string.Join('\n',
            "--seam", "Content-Type: text/plain", "", "This is a report.",
            "--seam", "Content-Type: message/feedback-report", "", $"Feedback-Type: {type}", "User-Agent: Provider/1.0", "Version: 1",
            "--seam", "Content-Type: message/rfc822", "", "From: Desk <help@desk.example>", $"Message-ID: <{id}>", "Subject: Re: My grinder", "", "Use the other cable.",
            "--seam--"),
    };

    [Theory]
    [EveryDatabase("List-Id: <news.client.example>")]
    [EveryDatabase("Return-Path: <>")]
    [EveryDatabase("X-Auto-Response-Suppress: All")]
    [EveryDatabase("Reply-To: no-reply@client.example")]
    [EveryDatabase("From: Shop <noreply@shop.example>")]
    public async Task Lists_and_addresses_that_take_no_answer_are_not_asked(Engine engine, string header)
    {
        var server = await servers.On(engine);
        var mail = header.StartsWith("From:", StringComparison.Ordinal) ? new TestMail { From = header[6..], More = ["Reply-To: Ada <ada@client.example>"] } : TestMail.FromSomebodyNew() with { More = [header] };
        var (_, number) = await Answered(server, resolve: true, mail);
        Assert.Empty(await server.Api.Outbox(number, "confidence"));
        Assert.Equal("not-asked.unwanted", (await server.Api.Entries(number, "event"))[^1].Text("text"));
    }

    [Theory, EveryDatabase]
    public async Task What_has_been_at_our_own_address_before_is_not_asked(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = "help@desk.example" })).Is(200);
        var (_, number) = await Answered(server, resolve: true, TestMail.FromSomebodyNew() with { More = ["X-Loop: help@desk.example"] });
        Assert.Empty(await server.Api.Outbox(number, "confidence"));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_asked_more_than_a_few_times_a_day(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var asked = new List<bool>();
        for (var i = 0; i < AutomaticMail.MostADay + 1; i++)
        {
            var (_, number) = await Answered(server, resolve: true, mail with { MessageId = $"{Guid.NewGuid():N}@client.example", Text = $"Matter {i}" });
            asked.Add((await server.Api.Outbox(number, "confidence")).Length == 1);
        }

        Assert.Equal([.. Enumerable.Repeat(true, AutomaticMail.MostADay), false], asked);
    }

    [Theory, EveryDatabase]
    public async Task Who_writes_faster_than_anybody_can_is_answered_by_no_machine(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        for (var i = 0; i < AutomaticMail.MostHeardInAnHour; i++)
        {
            Assert.Equal(number, await server.Receive(mail.Answer($"Your mail {i} has arrived.", mail.MessageId)));
        }

        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable.", resolve = true })).Is(200);
        Assert.Empty(await server.Api.Outbox(number, "confidence"));
    }

    private static async Task<(TestMail Mail, long Number)> Answered(TestServer server, bool resolve, TestMail? mail = null)
    {
        mail ??= TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable.", resolve })).Is(200);
        return (mail, number);
    }

    private static async Task<string> SignedAddress(TestServer server, long number)
    {
        var raw = await server.Api.OutboxRaw((await server.Api.Outbox(number))[0]);
        var line = raw.Split("\r\n").First(l => l.StartsWith("Reply-To:", StringComparison.Ordinal));
        return line[(line.LastIndexOf('<') + 1)..line.LastIndexOf('>')];
    }

    /// <summary>What a mail server tells (RFC 3464).</summary>
    private static TestMail Report(string to, string recipient, string action, string status, string? returned = null) => new()
    {
        From = "Mail Delivery System <mailer-daemon@client.example>",
        To = to,
        Subject = "Delivery Status Notification",
        More = ["MIME-Version: 1.0", "Auto-Submitted: auto-replied", "Content-Type: multipart/report; report-type=delivery-status; boundary=seam"],
        Text = string.Join('\n',
        [
            "--seam", "Content-Type: text/plain", "", "This is what became of your message.",
            "--seam", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.client.example", "", $"Final-Recipient: rfc822; {recipient}", $"Action: {action}", $"Status: {status}",
            .. returned is null ? Array.Empty<string>() : ["--seam", "Content-Type: text/rfc822-headers", "", $"Message-ID: <{returned}>", "Subject: Re: My grinder"],
            "--seam--",
        ]),
    };
}
