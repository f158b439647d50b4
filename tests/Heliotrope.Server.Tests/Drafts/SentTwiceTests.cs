using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

/// <summary>Whoever heard no answer presses again; a form may come twice over a bad line.</summary>
public sealed class SentTwiceTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task A_reply_that_comes_twice_is_one_message(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        (await browser.Reply(number, "Yes.")).Is(302);
        (await browser.Reply(number, "Yes.")).Is(302);
        Assert.Equal(["Yes."], await server.Said(number));

        // More readers, a file, another meaning, or a word of the customer in between: no repetition.
        (await browser.Reply(number, "Yes.", ("cc", "bob@client.example"))).Is(302);
        (await browser.Reply(number, "Yes.", ("cc", "bob@client.example"))).Is(302);
        Assert.Equal(2, (await server.Said(number)).Length);
        (await browser.Reply(number, "Yes.", ("resolve", "on"))).Is(302);
        (await browser.Reply(number, "Yes.", ("resolve", "on"))).Is(302);
        Assert.Equal(3, (await server.Said(number)).Length);
        Assert.Equal("resolved", (await server.Api.Conversation(number)).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task The_same_words_are_another_message_once_the_customer_has_said_something(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        using var browser = await server.SignedIn();

        (await browser.Reply(number, "Yes.")).Is(302);
        await server.Receive(mail.Answer("And the other one?", (await server.Api.Outbox(number))[0].Text("messageId")));
        (await browser.Reply(number, "Yes.")).Is(302);
        Assert.Equal(["Yes.", "Yes."], await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task While_it_can_be_taken_back_the_second_press_lets_nothing_go(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: 3600);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        (await browser.Reply(number, "Yes.")).Is(302);
        (await browser.Reply(number, "Yes.", ("resolve", "on"))).Is(302);
        Assert.Empty(await server.Said(number));
        var leaving = await server.Store.Read(db => db.Drafts.SingleAsync());
        Assert.True(leaving.Resolve);
        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Api.Conversation(number), c => c.Text("state") == "resolved");
        Assert.Equal(["Yes."], await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task A_conversation_that_is_begun_twice_is_one_and_the_same_words_to_somebody_else_are_another(Engine engine)
    {
        var server = await servers.On(engine);
        using var browser = await server.SignedIn();
        var mail = TestMail.FromSomebodyNew();
        (string, string)[] words = [("to", mail.Author), ("subject", "Tonight's work on the line"), ("text", "It is back at six.")];

        var first = (await browser.Submit("/conversations/new", "/conversations/new", words)).Is(302).Location;
        Assert.Equal(first, (await browser.Submit("/conversations/new", "/conversations/new", words)).Is(302).Location);
        var other = (await browser.Submit("/conversations/new", "/conversations/new", [("to", TestMail.FromSomebodyNew().Author), .. words[1..]])).Is(302).Location;
        Assert.NotEqual(first, other);

        // The same from a draft that has left.
        var saved = await browser.Submit("/conversations/new", "/conversations/new", "/conversations/new/draft", [("to", mail.Author), ("subject", "One more"), ("text", "And a word.")]);
        var draft = System.Text.Json.JsonDocument.Parse(saved.Is(200).Html).RootElement.GetProperty("draft").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
        (string, string)[] kept = [("draft", draft), ("to", mail.Author), ("subject", "One more"), ("text", "And a word.")];
        var sent = (await browser.Submit("/conversations/new", "/conversations/new", kept)).Is(302).Location;
        Assert.Equal(sent, (await browser.Submit("/conversations/new", "/conversations/new", kept)).Is(302).Location);
        var gone = await browser.Submit("/conversations/new", "/conversations/new", [.. kept[..3], ("text", "And other words.")]);
        Assert.Contains("sent already", gone.Is(422).Document.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Words_among_colleagues_are_mailed_to_nobody(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        (await browser.Reply(number, "She was rude, but right.", ("kind", "note"))).Is(422);
        Assert.Empty(await server.Api.Outbox(number));
        Assert.Empty(await server.Said(number));
    }
}
