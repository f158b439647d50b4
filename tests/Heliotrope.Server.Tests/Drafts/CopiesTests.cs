using System.Text;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class CopiesTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task Copies_go_to_those_named_and_the_unseen_are_in_no_header(Engine engine)
    {
        var server = await servers.On(engine);
        var customer = TestMail.FromSomebodyNew();
        var number = await server.Receive(customer);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new
        {
            text = "It is on its way.",
            cc = new[] { "Bob <Bob@client.example>", customer.Author },
            bcc = new[] { "boss@desk.example", "bob@client.example" },
        })).Is(200);

        var mails = await server.Api.Outbox(number);
        Assert.Equal([customer.Author, "bob@client.example", "boss@desk.example"], mails.Select(m => m.Text("to")));
        var raw = await server.Api.OutboxRaw(mails[2]);
        Assert.DoesNotContain("boss@desk.example", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["bob@client.example"], MailReader.Read(Encoding.ASCII.GetBytes(raw)).Cc.Select(a => a.Address));

        using var browser = await server.SignedIn();
        var entry = (await browser.Get($"/conversations/{number}")).Document.QuerySelector(".entry-ours")!.TextContent;
        Assert.Contains("Copy to bob@client.example", entry, StringComparison.Ordinal);
        Assert.Contains("Unseen copy to boss@desk.example. Only colleagues know.", entry, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Whom_the_customer_copied_is_suggested_and_what_is_no_address_is_named(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Cc = "Bob <bob@client.example>" });
        using var browser = await server.SignedIn();
        var at = $"/conversations/{number}";
        var page = (await browser.Get(at)).Document;
        Assert.Equal("bob@client.example", page.QuerySelector("input[name=cc]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("details.copies[open]"));

        var refused = (await browser.Submit(at, $"{at}/reply", ("text", "Words."), ("cc", "bob@client.example, carla"), ("bcc", "x@y.example"))).Is(422);
        Assert.Contains("“carla” among the copies is not a mail address.", refused.Document.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("bob@client.example, carla", refused.Document.QuerySelector("input[name=cc]")!.GetAttribute("value"));
        Assert.Equal("Words.", refused.Document.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Empty(await server.Api.Outbox(number));

        (await server.Api.Post($"/api/v1{at}/replies", new { text = "Words.", bcc = new[] { "carla" } })).IsProblem(422, "bcc.malformed");
        (await server.Api.Post($"/api/v1{at}/replies", new { text = "Words.", cc = Enumerable.Range(0, 21).Select(i => $"{i}@client.example") })).IsProblem(422, "cc.too-many");
    }

    [Theory, EveryDatabase]
    public async Task An_answer_of_somebody_copied_joins_the_conversation_and_is_not_the_customers(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It is on its way.", cc = new[] { "carrier@parcels.example" } })).Is(200);
        var ours = (await server.Api.Outbox(number))[0].Text("messageId");

        Assert.Equal(number, await server.Receive(new TestMail { From = "Carrier <carrier@parcels.example>", Text = "We have it.", InReplyTo = ours }));
        Assert.Equal("somebody-else", (await server.Api.Entries(number, "message"))[^1].Text("author"));
        using var browser = await server.SignedIn();
        Assert.Contains("carrier@parcels.example is not the customer of this conversation.", (await browser.Get($"/conversations/{number}")).Html, StringComparison.Ordinal);

        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Thank you." })).Is(200);
        Assert.DoesNotContain("carrier@parcels.example", (await server.Api.Outbox(number)).TakeLast(1).Select(m => m.Text("to")));
    }
}
