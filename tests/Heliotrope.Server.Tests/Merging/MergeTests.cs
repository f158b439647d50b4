using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Merging;

public sealed class MergeTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static Task<List<string>> All(TestServer server) => Everything.In(server.Store.Engine);

    private static Task<ApiAnswer> Merge(TestServer server, long number, long into, params long[] also) => server.Api.Post($"/api/v1/conversations/{number}/merge", new { into, also });

    private static async Task Reply(TestServer server, long number, string text, bool resolve = false) =>
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text, resolve })).Is(200);

    private static async Task<string> ReplyTo(TestServer server, long number) => (await server.Api.OutboxRaw((await server.Api.Outbox(number, "reply"))[^1]))
        .Split('\n').Single(line => line.StartsWith("Reply-To:", StringComparison.Ordinal)).Split('<')[1].Split('>')[0];

    private static string[] Words(JsonElement conversation) => [.. conversation.Items("entries").Where(e => e.Text("kind") == "message").Select(e => e.Text("text"))];

    [Theory, EveryDatabase]
    public async Task Two_become_one_and_undo_leaves_every_row_as_it_was(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var user = await server.AddUser("tom@desk.example", "Tom Weaver");
        var mail = TestMail.FromSomebodyNew();
        var into = await server.Receive(mail with { Text = "My grinder is silent." });
        var number = await server.Receive(mail with { MessageId = "second@client.example", Subject = "Once more", Text = "It smokes, too." });
        await Reply(server, into, "We look into it.");
        await Reply(server, number, "Please unplug it.", resolve: true);
        foreach (var (where, tags) in new[] { (into, new[] { "smoke" }), (number, new[] { "smoke", "urgent" }) })
        {
            (await server.Api.Post($"/api/v1/conversations/{where}/tags", new { add = tags })).Is(200);
        }

        (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "A new part", due = server.Clock.GetUtcNow().AddDays(3), owner = "tom@desk.example" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "Careful." })).Is(200);
        await server.Store.Write(
            db =>
            {
                foreach (var (where, text) in new[] { (into, "Dear"), (number, "Sorry") })
                {
                    var draft = db.Drafts.Add(new() { ConversationNumber = where, UserId = user.Id, Text = text, UpdatedAt = server.Clock.GetUtcNow() }).Entity;
                    db.SaveChanges();
                    db.Uploads.Add(new() { DraftId = draft.Id, Name = text, Type = "text/plain", Content = [1], CreatedAt = server.Clock.GetUtcNow() });
                }

                return Task.FromResult(true);
            },
            CancellationToken.None);

        var before = await All(server);
        var preview = (await server.Api.Get($"/api/v1/conversations/{number}/merge?into={into}")).Is(200).Json;
        Assert.Equal((2, 1, 1, 1), (preview.GetProperty("messages").GetInt32(), preview.GetProperty("notes").GetInt32(), preview.GetProperty("openPromises").GetInt32(), preview.GetProperty("drafts").GetInt32()));
        Assert.Empty(preview.Items("notAnswered"));
        Assert.Equal(before, await All(server));

        var merged = (await Merge(server, number, into)).Is(200).Json;
        Assert.Equal(into, merged.GetProperty("number").GetInt64());
        Assert.Equal(["My grinder is silent.", "It smokes, too.", "<p>We look into it.</p>", "<p>Please unplug it.</p>"], merged.Items("entries").Where(e => e.Text("kind") == "message")
            .Select(e => e.Text("direction") == "in" ? e.Text("text") : e.Text("html").Trim()));
        Assert.Equal(["smoke", "urgent"], merged.GetProperty("filing").Items("tags").Select(t => t.GetString()));
        Assert.Equal("A new part", merged.Items("promises").Single().Text("text"));
        Assert.Equal("open", merged.Items("promises").Single().Text("state"));
        Assert.Equal(3, (await server.Api.Outbox(into)).Length);
        Assert.Equal("Dear\n\nSorry", await server.Store.Read(db => db.Drafts.Select(d => d.Text).SingleAsync()));
        Assert.Equal(2, await server.Store.Read(db => db.Uploads.CountAsync()));
        Assert.Contains("merged", await server.Api.Events(into));
        var listed = (await server.Api.Get("/api/v1/conversations")).Is(200).Json.Items("items");
        Assert.Equal([into], listed.Select(c => c.GetProperty("number").GetInt64()));

        // The number that was told leads to it, for reading and for doing.
        Assert.Equal(into, (await server.Api.Conversation(number)).GetProperty("number").GetInt64());
        using var desk = await server.SignedIn();
        Assert.Equal($"/conversations/{into}", (await desk.Get($"/conversations/{number}")).Is(302).Location);

        (await server.Api.Post($"/api/v1/undo/{merged.Text("undo")}")).Is(200);
        Assert.Equal(before.Where(line => !line.StartsWith("users:", StringComparison.Ordinal)), (await All(server)).Where(line => !line.StartsWith("users:", StringComparison.Ordinal)));
        Assert.Equal(number, (await server.Api.Conversation(number)).GetProperty("number").GetInt64());
    }

    [Theory, EveryDatabase]
    public async Task An_answer_that_crosses_lands_in_what_is_left_whoever_writes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, grace) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        var into = await server.Receive(ada);
        var number = await server.Receive(grace);
        await Reply(server, number, "Please unplug it.");
        var sent = (await server.Api.Outbox(number))[0].Text("messageId");
        var tagged = await ReplyTo(server, number);
        var preview = (await server.Api.Get($"/api/v1/conversations/{number}/merge?into={into}")).Is(200).Json;
        Assert.Equal(grace.Author, preview.Items("notAnswered").Single().Text("email"));
        Assert.Equal(ada.Author, preview.GetProperty("answered").Text("email"));
        var token = (await Merge(server, number, into)).Is(200).Json.Text("undo");

        Assert.Equal(into, await server.Receive(grace.Answer("I did.", sent)));
        Assert.Equal(into, await server.Receive(grace.Answer("And it still smokes.", grace.MessageId)));
        Assert.Equal(into, await server.Receive(grace.Answer("Hello?") with { To = tagged }));
        Assert.Equal(into, await server.Receive(ada.Answer("Me, too.", ada.MessageId)));

        // Whoever wrote last: replies go to the customer whose it is.
        await server.Receive(grace.Answer("Anybody?", sent));
        await Reply(server, into, "A part is on its way.");
        Assert.Equal(ada.Author, (await server.Api.Outbox(into))[^1].Text("to"));

        // What came since would be torn apart.
        (await server.Api.Post($"/api/v1/undo/{token}")).IsProblem(409, "undo.changed");
    }

    [Theory, EveryDatabase]
    public async Task Several_become_one_in_one_step_and_a_chain_leads_to_its_end(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var numbers = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            numbers.Add(await server.Receive(mail with { MessageId = $"{i}@client.example", Text = $"Word {i}" }));
        }

        var before = await All(server);
        var first = (await Merge(server, numbers[0], numbers[2], numbers[1])).Is(200).Json;
        Assert.Equal(["Word 0", "Word 1", "Word 2"], Words(first));
        var between = await All(server);
        var second = (await Merge(server, numbers[2], numbers[3])).Is(200).Json;
        Assert.Equal(["Word 0", "Word 1", "Word 2", "Word 3"], Words(second));
        Assert.All(numbers, number => Assert.Equal(numbers[3], server.Api.Conversation(number).Result.GetProperty("number").GetInt64()));
        Assert.Equal(numbers[3], await server.Receive(mail.Answer("And more.", "0@client.example")));

        (await server.Api.Post($"/api/v1/undo/{first.Text("undo")}")).IsProblem(409, "undo.changed");
        (await server.Api.Post($"/api/v1/undo/{second.Text("undo")}")).IsProblem(409, "undo.changed"); // a mail came
        Assert.NotEqual(before, between);
    }

    [Theory, EveryDatabase]
    public async Task Undone_from_the_last_to_the_first_a_chain_comes_apart_again(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var (a, b, c) = (await server.Receive(mail), await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        (await server.Api.Post($"/api/v1/conversations/{a}/tags", new { add = new[] { "one" } })).Is(200);
        var states = new Stack<(List<string> State, string Token)>();
        states.Push((await All(server), (await Merge(server, a, b)).Is(200).Json.Text("undo")));
        states.Push((await All(server), (await server.Api.Post($"/api/v1/conversations/{a}/assign", new { user = "" })).Is(200).Json.GetProperty("undo").GetString() ?? ""));
        states.Push((await All(server), (await Merge(server, b, c)).Is(200).Json.Text("undo")));
        while (states.TryPop(out var last))
        {
            if (last.Token.Length > 0)
            {
                (await server.Api.Post($"/api/v1/undo/{last.Token}")).Is(200);
            }

            Assert.Equal(last.State, await All(server));
        }
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_become_one_is_refused_and_nothing_is_changed(Engine engine)
    {
        var server = await servers.On(engine);
        var (one, two) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        (await Merge(server, one, one)).IsProblem(422, "merge.same");
        (await Merge(server, one, 999_999)).IsProblem(422, "merge.unknown");
        (await Merge(server, 999_999, one)).IsProblem(404, "conversation.unknown");
        (await Merge(server, one, two, 999_999)).IsProblem(404, "conversation.unknown");
        (await Merge(server, one, two, [.. Enumerable.Range(1, 25).Select(i => (long)i)])).IsProblem(422, "merge.too-many");
        (await server.Api.Post($"/api/v1/conversations/{one}/merge", new { })).IsProblem(422, "merge.unknown");
        (await server.Api.Get($"/api/v1/conversations/{one}/merge?into={one}")).IsProblem(422, "merge.same");
        (await server.Api.Post($"/api/v1/conversations/{one}/spam", new { spam = true })).Is(200);
        (await Merge(server, one, two)).IsProblem(409, "merge.spam");
        using var light = await server.ApiAs(Role.Light);
        (await light.Post($"/api/v1/conversations/{one}/merge", new { into = two })).IsProblem(403, "role.insufficient");
        Assert.Equal(one, (await server.Api.Conversation(one)).GetProperty("number").GetInt64());
    }
}
