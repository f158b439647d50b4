using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Conversations;

public sealed class ConversationApiTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task A_conversation_has_the_shape_that_other_programs_rely_on(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var user = await server.AddUser($"{Guid.NewGuid():N}@desk.example");
        await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = user.Email });
        await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "A *regular*." });
        await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Try **the other** cable." });
        var conversation = await server.Api.Conversation(number);

        Contains(conversation, "number", "subject", "state", "channel", "customer", "assignee", "lastActivityAt", "entries", "happiness");
        Assert.Equal(number, conversation.GetProperty("number").GetInt64());
        Assert.Equal(("My grinder", "waiting", "mail"), (conversation.Text("subject"), conversation.Text("state"), conversation.Text("channel")));
        Assert.Equal(["id", "name", "email"], conversation.GetProperty("customer").Names());
        Assert.Equal(("Ada Lovelace", mail.Author), (conversation.GetProperty("customer").Text("name"), conversation.GetProperty("customer").Text("email")));
        Assert.Equal(user.Email, conversation.GetProperty("assignee").Text("email"));

        var entries = conversation.Items("entries");
        Assert.All(entries, e => Contains(e, "kind", "direction", "from", "text", "quoted", "html", "messageId", "at"));
        Assert.Equal(["message", "event", "note", "message"], entries.Select(e => e.Text("kind")));
        Assert.Equal(["in", "null", "null", "out"], entries.Select(e => e.Text("direction")));
        Assert.Equal(["assigned", "A *regular*.", "Try **the other** cable."], entries.Skip(1).Select(e => e.Text("text")));
        Assert.Equal(mail.MessageId, entries[0].Text("messageId"));
        Assert.Contains("<strong>the other</strong>", entries[3].Text("html"), StringComparison.Ordinal);
        Assert.True(entries.Zip(entries.Skip(1)).All(pair => pair.First.GetProperty("at").GetDateTimeOffset() <= pair.Second.GetProperty("at").GetDateTimeOffset()));
        Assert.All(entries, e => Assert.Equal(TimeSpan.Zero, e.GetProperty("at").GetDateTimeOffset().Offset));

        var happiness = conversation.GetProperty("happiness");
        Contains(happiness, "startedAt", "endedAt", "kind", "seconds", "answers");
        Assert.Equal(entries[0].GetProperty("at").GetDateTimeOffset(), happiness.GetProperty("startedAt").GetDateTimeOffset());
        Assert.All(["endedAt", "kind", "seconds", "answers"], name => Assert.Equal(JsonValueKind.Null, happiness.GetProperty(name).ValueKind));
    }

    [Theory, EveryDatabase]
    public async Task A_list_gives_rows_by_state(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var page = (await server.Api.Get("/api/v1/conversations?state=open&limit=1")).Is(200).Json;
        Assert.Equal(["items", "next"], page.Names());
        var row = Assert.Single(page.Items("items"));
        Assert.Equal(number, row.GetProperty("number").GetInt64());
        Assert.Equal(["number", "subject", "state", "channel", "customer", "assignee", "lastActivityAt"], row.Names());

        await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Done.", resolve = true });
        Assert.DoesNotContain(number, await Numbers(server, "open"));
        Assert.Contains(number, await Numbers(server, "resolved"));
        Assert.Empty((await server.Api.Get("/api/v1/conversations?state=snoozed")).Json.Items("items"));
    }

    [Theory, EveryDatabase]
    public async Task Pages_lose_and_repeat_nothing_while_others_write(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var first = await Task.WhenAll(Enumerable.Range(0, 23).Select(_ => server.Receive(TestMail.FromSomebodyNew())));
        var seen = new List<long>();
        string? after = null;
        do
        {
            var page = (await server.Api.Get($"/api/v1/conversations?limit=5{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}")).Is(200).Json;
            seen.AddRange(page.Items("items").Select(i => i.GetProperty("number").GetInt64()));
            after = page.GetProperty("next").GetString();
            await server.Receive(TestMail.FromSomebodyNew());
        }
        while (after is not null);

        Assert.Equal(first.Order(), seen.Order());
    }

    [Theory, EveryDatabase]
    public async Task It_goes_to_a_colleague_by_id_number_or_address_and_back_to_nobody(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var user = await server.AddUser($"{Guid.NewGuid():N}@desk.example");
        foreach (var body in new[] { $"{{\"user\":{user.Id}}}", $"{{\"user\":\"{user.Id}\"}}", $"{{\"user\":\"{user.Email.ToUpperInvariant()}\"}}" })
        {
            var given = (await server.Api.PostText($"/api/v1/conversations/{number}/assign", body)).Is(200).Json;
            Assert.Equal(user.Id, given.GetProperty("assignee").GetProperty("id").GetInt64());
            var back = (await server.Api.PostText($"/api/v1/conversations/{number}/assign", "{\"user\":null}")).Is(200).Json;
            Assert.Equal(JsonValueKind.Null, back.GetProperty("assignee").ValueKind);
        }

        (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = "nobody@desk.example" })).IsProblem(422, "user.unknown");
        (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = "999999" })).IsProblem(422, "user.unknown");
        (await server.Api.PostText($"/api/v1/conversations/{number}/assign", "{\"user\":true}")).IsProblem(400, "request.malformed");
        (await server.Api.PostText($"/api/v1/conversations/{number}/assign", "{\"user\":1e99}")).IsProblem(400, "request.malformed");
    }

    [Theory, EveryDatabase]
    public async Task It_is_resolved_and_reopened_once_each(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/reopen")).IsProblem(409, "conversation.open");
        Assert.Equal("resolved", (await server.Api.Post($"/api/v1/conversations/{number}/resolve")).Is(200).Json.Text("state"));
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve")).IsProblem(409, "conversation.resolved");
        Assert.Equal("open", (await server.Api.Post($"/api/v1/conversations/{number}/reopen")).Is(200).Json.Text("state"));
        Assert.Equal(["resolved", "reopened"], await server.Api.Events(number));
        Assert.Empty(await server.Api.Outbox(number)); // nobody ever answered: there is nothing to be confident about
    }

    [Theory, EveryDatabase]
    public async Task A_note_never_leaves_the_desk(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "Between us: top secret." })).Is(200);
        await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Hello.", resolve = true });
        foreach (var mail in await server.Api.Outbox(number))
        {
            Assert.DoesNotContain("top secret", await server.Api.OutboxRaw(mail), StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_reply_is_a_thread_in_the_customers_mail_program_as_text_and_html(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { Subject = "Mühle" };
        var number = await server.Receive(mail);
        await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use *this*:\nhttps://example.org/a" });
        var raw = await server.Api.OutboxRaw(Assert.Single(await server.Api.Outbox(number)));
        var read = Heliotrope.Mail.Reading.MailReader.Read(System.Text.Encoding.ASCII.GetBytes(raw));

        Assert.Equal([mail.MessageId!], read.InReplyTo);
        Assert.Equal([mail.MessageId!], read.References);
        Assert.Equal("Re: Mühle", read.Subject);
        Assert.Equal("help@desk.example", read.From!.Address);
        Assert.Equal([mail.Author], read.To.Select(t => t.Address));
        Assert.Contains("Use *this*:", read.Text, StringComparison.Ordinal);
        Assert.Contains("<em>this</em>", read.Html, StringComparison.Ordinal);
        Assert.Empty(read.Header("Auto-Submitted"));
    }

    [Theory, EveryDatabase]
    public async Task Html_in_a_reply_is_shown_and_never_run(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var details = (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>" })).Is(200).Json;
        var html = details.Items("entries")[^1].Text("html");
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", html, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Two_changes_at_once_are_both_kept(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = $"Note {i}" })));
        Assert.All(answers, a => a.Is(200));
        Assert.Equal(12, (await server.Api.Entries(number, "note")).Select(e => e.Text("text")).Distinct().Count());
    }

    private static async Task<long[]> Numbers(TestServer server, string state) =>
        [.. (await server.Api.Get($"/api/v1/conversations?state={state}")).Is(200).Json.Items("items").Select(i => i.GetProperty("number").GetInt64())];

    private static void Contains(JsonElement element, params string[] names) => Assert.All(names, name => Assert.Contains(name, element.Names()));
}
