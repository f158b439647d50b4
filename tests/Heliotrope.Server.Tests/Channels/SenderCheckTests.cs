using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Channels;

/// <summary>What the server before us found out about a sender is shown, and keeps forged mail out of what was said with others.</summary>
public sealed class SenderCheckTests
{
    private const string Passed = "Authentication-Results: mx.desk.example; spf=pass smtp.mailfrom=client.example; dkim=pass header.d=client.example; dmarc=pass header.from=client.example";
    private const string Failed = "Authentication-Results: mx.desk.example; spf=fail smtp.mailfrom=client.example; dkim=none; dmarc=fail header.from=client.example";

    [Theory, EveryDatabase]
    public async Task A_forged_mail_joins_no_conversation_by_the_name_in_it_and_is_answered_by_no_machine(Engine engine)
    {
        await using var server = await Trusting(engine);
        var mail = TestMail.FromSomebodyNew() with { Trace = [Passed] };
        var number = await server.Receive(mail);
        var forged = mail.Answer("Send the parcel to another address.", mail.MessageId) with { Trace = [Failed], From = mail.From!.Replace("Ada Lovelace", "Not Ada", StringComparison.Ordinal) };
        var other = await server.Receive(forged);

        Assert.NotEqual(number, other);
        var genuine = Assert.Single(await server.Api.Entries(number, "message"));
        Assert.Equal("proved", genuine.Text("proof"));
        var entry = Assert.Single(await server.Api.Entries(other, "message"));
        Assert.Equal(("disowned", "spf=fail (client.example), dkim=none, dmarc=fail (client.example)"), (entry.Text("proof"), entry.Text("proofDetail")));
        Assert.Equal("Ada Lovelace", (await server.Api.Conversation(number)).GetProperty("customer").Text("name"));

        (await server.Api.Post($"/api/v1/conversations/{other}/replies", new { text = "Are you there?", resolve = true })).Is(200);
        Assert.Contains("not-asked.unwanted", await server.Api.Events(other));

        using var desk = await server.SignedIn(Role.Agent);
        var page = await desk.Get($"/conversations/{other}");
        Assert.Contains($"Probably not from {mail.Author}", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sender proved", (await desk.Get($"/conversations/{number}")).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_answers_to_the_address_that_only_they_were_given_is_let_in_although_their_mail_was_forwarded(Engine engine)
    {
        await using var server = await Trusting(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Try another cable." })).Is(200);
        var answered = (await server.Api.Outbox(number, "reply"))[0].Text("messageId");
        Assert.Equal(number, await server.Receive(mail.Answer("That helped.", answered) with { Trace = [Failed] }));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_believed_who_is_not_named_and_nothing_below_a_header_from_elsewhere(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail with { Trace = [Passed] });
        Assert.Equal("unknown", (await server.Api.Entries(number, "message"))[0].Text("proof"));
        Assert.Equal(number, await server.Receive(mail.Answer("And again.", mail.MessageId) with { Trace = [Failed] }));

        (await server.Api.Post("/api/v1/signing/trusted-servers", new { servers = new[] { "mx.desk.example" } })).Is(200);
        var below = await server.Receive(TestMail.FromSomebodyNew() with { Trace = ["Authentication-Results: mx.elsewhere.example; none", Passed] });
        Assert.Equal("unknown", (await server.Api.Entries(below, "message"))[0].Text("proof"));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_dies_in_a_forged_mail(Engine engine)
    {
        await using var server = await Trusting(engine);
        var mail = TestMail.FromSomebodyNew() with { Subject = "My husband", Text = "My husband has died last week. Please close his account." };
        var forged = await server.Receive(mail with { Trace = [Failed] });
        Assert.Null(await server.Store.Read(db => db.Readings.Where(r => r.ConversationNumber == forged).Select(r => r.LifeEvent).SingleAsync()));
        var genuine = await server.Receive(mail with { Trace = [Passed], MessageId = $"{Guid.NewGuid():N}@client.example" });
        Assert.NotNull(await server.Store.Read(db => db.Readings.Where(r => r.ConversationNumber == genuine).Select(r => r.LifeEvent).SingleAsync()));
    }

    private static async Task<TestServer> Trusting(Engine engine)
    {
        var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/signing/trusted-servers", new { servers = new[] { "mx.desk.example" } })).Is(200);
        return server;
    }
}
