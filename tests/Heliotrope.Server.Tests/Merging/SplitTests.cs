using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Undo;

namespace Heliotrope.Server.Tests.Merging;

public sealed class SplitTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static Task<List<string>> All(TestServer server) => Everything.In(server.Store.Engine);

    private static long Id(JsonElement entry) => entry.GetProperty("id").GetInt64();

    private static string[] Words(JsonElement conversation) => [.. conversation.Items("entries").Where(e => e.Text("kind") == "message" && e.Text("direction") == "in").Select(e => e.Text("text"))];

    private static async Task Reply(TestServer server, long number, string text) => (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text })).Is(200);

    private static async Task<string> ReplyTo(TestServer server, long number) => (await server.Api.OutboxRaw((await server.Api.Outbox(number, "reply"))[^1]))
        .Split('\n').Single(line => line.StartsWith("Reply-To:", StringComparison.Ordinal)).Split('<')[1].Split('>')[0];

    [Theory, EveryDatabase]
    public async Task A_part_goes_on_by_itself_and_answers_follow_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail with { Text = "My grinder is silent." });
        await Reply(server, number, "We look into it.");
        var first = (await server.Api.Outbox(number))[0].Text("messageId");
        var other = mail.Answer("By the way: the invoice is wrong.", first);
        Assert.Equal(number, await server.Receive(other));
        await Reply(server, number, "Here is a new invoice.");
        var second = (await server.Api.Outbox(number))[1].Text("messageId");
        var tagged = await ReplyTo(server, number);
        var entries = (await server.Api.Entries(number, "message"));
        (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "A new part", due = server.Clock.GetUtcNow().AddDays(3), owner = (await server.AddUser("tom@desk.example")).Email })).Is(200);

        var before = await All(server);
        var split = (await server.Api.Post($"/api/v1/conversations/{number}/split", new { from = Id(entries[2]), subject = "The invoice" })).Is(200).Json;
        var part = split.GetProperty("number").GetInt64();
        Assert.NotEqual(number, part);
        Assert.Equal(("The invoice", "waiting"), (split.Text("subject"), split.Text("state")));
        Assert.Equal(["By the way: the invoice is wrong."], Words(split));
        var rest = await server.Api.Conversation(number);
        Assert.Equal(("waiting", 1), (rest.Text("state"), rest.Items("promises").Length));
        Assert.Equal(["My grinder is silent."], Words(rest));
        Assert.Equal([$"#{part} The invoice"], Details(rest, "split-off"));
        Assert.Equal([$"#{number} {mail.Subject}"], Details(split, "split-from"));
        Assert.Single(await server.Api.Outbox(part));

        (await server.Api.Post($"/api/v1/undo/{split.Text("undo")}")).Is(200);
        Assert.Equal(before, await All(server));

        part = (await server.Api.Post($"/api/v1/conversations/{number}/split", new { entries = new[] { Id(entries[2]), Id(entries[3]) } })).Is(200).Json.GetProperty("number").GetInt64();
        Assert.Equal(part, await server.Receive(mail.Answer("Thanks for the invoice.", second)));
        Assert.Equal(part, await server.Receive(mail.Answer("One more thing about it?", second) with { To = tagged, References = $"<{first}> <{second}>" }));
        Assert.Equal(part, await server.Receive(mail.Answer("Hello?", other.MessageId)));
        Assert.Equal(number, await server.Receive(mail.Answer("And the grinder?", first) with { To = tagged }));
        Assert.Equal(number, await server.Receive(mail.Answer("Hello?") with { To = tagged }));
    }

    private static string[] Details(JsonElement conversation, string code) => [.. conversation.Items("entries").Where(e => e.Text("text") == code).Select(e => e.Text("detail"))];

    [Theory, EveryDatabase]
    public async Task Messages_move_to_another_conversation_and_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail with { Text = "My grinder is silent." });
        await Reply(server, number, "We look into it.");
        Assert.Equal(number, await server.Receive(mail.Answer("The invoice is wrong.", mail.MessageId)));
        var to = await server.Receive(mail with { MessageId = "invoice@client.example", Text = "An invoice came." });
        await Reply(server, to, "Yes.");
        var entries = await server.Api.Entries(number, "message");
        var before = await All(server);
        var moved = (await server.Api.Post($"/api/v1/conversations/{number}/move", new { entries = new[] { Id(entries[2]) }, to })).Is(200).Json;
        Assert.Equal(("waiting", number), (moved.Text("state"), moved.GetProperty("number").GetInt64()));
        var target = await server.Api.Conversation(to);
        Assert.Equal("open", target.Text("state"));
        Assert.Equal(["The invoice is wrong.", "An invoice came."], Words(target));
        Assert.Equal(["moved-in"], await server.Api.Events(to));
        Assert.Equal("moved-out", (await server.Api.Events(number))[^1]);
        (await server.Api.Post($"/api/v1/undo/{moved.Text("undo")}")).Is(200);
        Assert.Equal(before, await All(server));
    }

    [Theory, EveryDatabase]
    public async Task A_conversation_goes_to_the_right_person_with_what_was_promised(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (clerk, ada) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        var number = await server.Receive(clerk);
        var earlier = await server.Receive(ada);
        (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "A new part", due = server.Clock.GetUtcNow().AddDays(3), owner = (await server.AddUser("tom@desk.example")).Email })).Is(200);
        var before = await All(server);
        var moved = (await server.Api.Post($"/api/v1/conversations/{number}/move", new { customer = ada.Author.ToUpperInvariant() })).Is(200).Json;
        Assert.Equal(ada.Author, moved.GetProperty("customer").Text("email"));
        Assert.NotEqual(number, earlier);
        await Reply(server, number, "We look into it.");
        Assert.Equal(ada.Author, (await server.Api.Outbox(number))[^1].Text("to"));
        (await server.Api.Post($"/api/v1/undo/{moved.Text("undo")}")).IsProblem(409, "undo.changed");

        await using var again = await TestServer.Start(engine);
        number = await again.Receive(clerk);
        before = await All(again);
        moved = (await again.Api.Post($"/api/v1/conversations/{number}/move", new { customer = "new@client.example" })).Is(200).Json;
        Assert.Equal("new@client.example", moved.GetProperty("customer").Text("email"));
        (await again.Api.Post($"/api/v1/undo/{moved.Text("undo")}")).Is(200);
        Assert.Equal(before, await All(again));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_split_or_moved_is_refused(Engine engine)
    {
        var server = await servers.On(engine);
        var (one, two) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        var (entry, foreign) = (Id((await server.Api.Entries(one))[0]), Id((await server.Api.Entries(two))[0]));
        Task<ApiAnswer> Split(object body) => server.Api.Post($"/api/v1/conversations/{one}/split", body);
        Task<ApiAnswer> Move(object body) => server.Api.Post($"/api/v1/conversations/{one}/move", body);
        (await Split(new { })).IsProblem(422, "split.nothing");
        (await Split(new { entries = new[] { foreign } })).IsProblem(422, "split.nothing");
        (await Split(new { entries = new[] { entry } })).IsProblem(422, "split.all");
        (await Split(new { from = entry })).IsProblem(422, "split.all");
        (await Split(new { entries = Enumerable.Range(1, 501) })).IsProblem(422, "split.too-many");
        (await Move(new { entries = new[] { entry }, to = one })).IsProblem(422, "move.unknown");
        (await Move(new { entries = new[] { entry }, to = 999_999 })).IsProblem(422, "move.unknown");
        (await Move(new { entries = new[] { entry }, to = two })).IsProblem(422, "split.all");
        (await Move(new { customer = "nobody" })).IsProblem(422, "move.customer");
        (await Move(new { customer = 999_999 })).IsProblem(422, "move.customer");
        (await server.Api.Post("/api/v1/conversations/999999/split", new { from = entry })).IsProblem(404, "conversation.unknown");
    }
}
