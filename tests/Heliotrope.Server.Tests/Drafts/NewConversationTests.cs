using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class NewConversationTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task A_conversation_that_we_begin_waits_with_its_clock_for_the_first_word_of_the_customer(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var begun = (await server.Api.Post("/api/v1/conversations", new { to = mail.Author, subject = "Your order", text = "It leaves today." })).Is(200).Json;
        var number = begun.GetProperty("number").GetInt64();
        Assert.Equal("waiting", begun.Text("state"));
        Assert.Equal(JsonValueKind.Null, begun.GetProperty("happiness").GetProperty("startedAt").ValueKind);
        var sent = (await server.Api.Outbox(number)).Single();
        Assert.Equal((mail.Author, "Your order"), (sent.Text("to"), sent.Text("subject")));
        using (var browser = await server.SignedIn())
        {
            Assert.Null((await browser.Get($"/conversations/{number}")).Is(200).Document.QuerySelector(".clock-line"));
        }

        Assert.Equal(number, await server.Receive(mail with { Text = "When will it be here?", InReplyTo = sent.Text("messageId") }));
        var answered = await server.Api.Conversation(number);
        Assert.Equal("open", answered.Text("state"));
        Assert.Equal("known", answered.Items("entries")[^1].Text("author"));
        Assert.NotEqual(JsonValueKind.Null, answered.GetProperty("happiness").GetProperty("startedAt").ValueKind);
        using (var browser = await server.SignedIn())
        {
            Assert.NotNull((await browser.Get($"/conversations/{number}")).Is(200).Document.QuerySelector(".clock-line"));
        }
    }

    [Theory, EveryDatabase]
    public async Task From_the_desk_it_belongs_to_its_author_and_to_the_customer_who_is_known(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var earlier = await server.Receive(mail);
        using var browser = await server.SignedIn(name: "Priya Nair");
        var customer = (await server.Api.Conversation(earlier)).GetProperty("customer").GetProperty("id").GetInt64();
        var form = (await browser.Get($"/conversations/new?customer={customer}")).Document;
        Assert.Equal(mail.Author, form.QuerySelector("input[name=to]")!.GetAttribute("value"));

        var sent = (await browser.Submit("/conversations/new", "/conversations/new", ("to", mail.Author), ("cc", ""), ("subject", "A word more"), ("text", "I found it."))).Is(302);
        var number = long.Parse(sent.Location!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var conversation = await server.Api.Conversation(number);
        Assert.Equal(customer, conversation.GetProperty("customer").GetProperty("id").GetInt64());
        Assert.Equal("Priya Nair", conversation.GetProperty("assignee").Text("name"));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_sent_is_said_beside_what_was_typed(Engine engine)
    {
        var server = await servers.On(engine);
        using var browser = await server.SignedIn();
        var refused = (await browser.Submit("/conversations/new", "/conversations/new", ("to", "a@b.example, c@d.example"), ("subject", "S"), ("text", "T"))).Is(422);
        Assert.Contains("one mail address", refused.Document.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("T", refused.Document.QuerySelector("textarea[name=text]")!.TextContent);
        (await server.Api.Post("/api/v1/conversations", new { to = "x", subject = "S", text = "T" })).IsProblem(422, "to.malformed");
        (await server.Api.Post("/api/v1/conversations", new { to = "x@y.example", subject = " ", text = "T" })).IsProblem(422, "subject.malformed");
        (await server.Api.Post("/api/v1/conversations", new { to = "x@y.example", subject = "S", text = " " })).IsProblem(422, "reply.empty");
    }

    [Theory, EveryDatabase]
    public async Task Nobody_writes_from_an_address_whose_conversations_they_do_not_see(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var address in new[] { "a-secret@desk.example", "help@desk.example" })
        {
            (await server.Api.Post("/api/v1/settings/addresses", new { address })).Is(200);
        }

        (await server.Api.Post("/api/v1/teams", new { name = "Trust", @private = true, addresses = new[] { "a-secret@desk.example" } })).Is(200);
        using var program = await server.ApiAs(Heliotrope.Core.People.Role.Agent);
        object Letter(string? from) => new { to = "ada@client.example", subject = "Your order", text = "It leaves today.", from };
        (await program.Post("/api/v1/conversations", Letter("a-secret@desk.example"))).IsProblem(422, "from.unknown");
        Assert.Equal("help@desk.example", (await program.Post("/api/v1/conversations", Letter(null))).Is(200).Json.GetProperty("filing").Text("ourAddress"));
        using var browser = await server.SignedIn();
        Assert.DoesNotContain("a-secret@desk.example", (await browser.Get("/conversations/new")).Is(200).Html, StringComparison.Ordinal);
        Assert.Equal(422, (await browser.Submit("/conversations/new", "/conversations/new", ("from", "a-secret@desk.example"), ("to", "ada@client.example"), ("subject", "S"), ("text", "T"))).Status);
        (await browser.Submit("/conversations/new", "/conversations/new", ("to", "ada@client.example"), ("subject", "S"), ("text", "T"))).Is(302);
        Assert.Equal(["help@desk.example", "help@desk.example"], await server.Store.Read(db => db.Conversations.OrderBy(c => c.Number).Select(c => c.OurAddress).ToListAsync()));

        // Where they see none there is nothing to write from; an administrator sees all.
        (await server.Api.Post("/api/v1/settings/addresses/remove", new { address = "help@desk.example" })).Is(200);
        (await program.Post("/api/v1/conversations", Letter(null))).IsProblem(422, "from.unknown");
        Assert.Equal("a-secret@desk.example", (await server.Api.Post("/api/v1/conversations", Letter(null))).Is(200).Json.GetProperty("filing").Text("ourAddress"));
    }

    [Theory, EveryDatabase]
    public async Task What_was_begun_and_not_sent_is_listed_for_its_author_alone(Engine engine)
    {
        var server = await servers.On(engine);
        var (mine, colleague) = (await server.SignedIn(), await server.SignedIn());
        using (mine)
        using (colleague)
        {
            (await mine.Submit("/conversations/new", "/conversations/new", "/conversations/new/draft", ("to", "begun@client.example"), ("subject", "Half a letter"), ("text", "Dear"))).Is(200);
            var link = (await mine.Get("/conversations/new")).Document.QuerySelector(".unfinished a")!;
            Assert.Equal("Half a letter", link.TextContent);
            var page = (await mine.Get(link.GetAttribute("href")!)).Document;
            Assert.Equal("Dear", page.QuerySelector("textarea")!.TextContent);
            Assert.Null(page.QuerySelector(".unfinished"));
            Assert.Null((await colleague.Get("/conversations/new")).Document.QuerySelector(".unfinished"));
        }
    }

    [Theory, EveryDatabase]
    public async Task It_can_be_taken_back_before_it_leaves(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: 3600);
        using var browser = await server.SignedIn();
        (string, string)[] words = [("to", "new@client.example"), ("subject", "Your order"), ("text", "It leaves today.")];
        var leaving = (await browser.Submit("/conversations/new", "/conversations/new", words)).Is(302).Location!;
        Assert.Contains("Leaves in a few seconds", (await browser.Get(leaving)).Html, StringComparison.Ordinal);

        (await browser.Submit(leaving, "/conversations/new/undo")).Is(302);
        var back = (await browser.Get(leaving)).Document;
        Assert.Equal("It leaves today.", back.QuerySelector("textarea[name=text]")!.TextContent);
        (await browser.Submit(leaving, "/conversations/new", words)).Is(302);
        server.Advance(TimeSpan.FromHours(2));
        var number = (await server.Until(async () => (await server.Api.Get("/api/v1/conversations")).Json.Items("items"), items => items.Length == 1))[0].GetProperty("number").GetInt64();
        Assert.Equal($"/conversations/{number}", (await browser.Get(leaving)).Is(302).Location);
    }
}
