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
    public async Task A_bounce_shows_in_its_conversation(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable." });
        var raw = await server.Api.OutboxRaw((await server.Api.Outbox(number))[0]);
        var line = raw.Split("\r\n").First(l => l.StartsWith("Reply-To:", StringComparison.Ordinal));
        var back = line[(line.LastIndexOf('<') + 1)..line.LastIndexOf('>')];

        var bounce = new TestMail
        {
            From = "Mail Delivery System <mailer-daemon@client.example>",
            To = back,
            Subject = "Undelivered Mail Returned to Sender",
            More = ["MIME-Version: 1.0", "Auto-Submitted: auto-replied", "Content-Type: multipart/report; report-type=delivery-status; boundary=seam"],
            Text = string.Join('\n',
                "--seam", "Content-Type: text/plain", "", "Your message could not be delivered.",
                "--seam", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.client.example", "", $"Final-Recipient: rfc822; {mail.Author}", "Action: failed", "Status: 5.1.1",
                "--seam--"),
        };
        Assert.Equal(number, await server.Receive(bounce));
        var shown = Assert.Single(await server.Api.Entries(number, "event"));
        Assert.Equal(("bounced", $"{mail.Author} 5.1.1"), (shown.Text("text"), shown.Text("detail")));
    }
}
