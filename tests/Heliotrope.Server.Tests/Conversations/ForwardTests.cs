using System.Text;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Conversations;

public sealed class ForwardTests
{
    private const string Maker = "parts@maker.example";

    [Theory, EveryDatabase]
    public async Task Somebody_else_is_shown_what_was_chosen_and_the_customer_waits_as_before(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew() with { Text = "Which part do I need?" };
        var number = await server.Receive(mail);
        await server.Again(mail, "My card number is 4111.");
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "She is a difficult one." })).Is(200);
        var before = await server.Api.Conversation(number);
        var first = before.Items("entries")[0].GetProperty("id").GetInt64();

        var after = (await server.Api.Post($"/api/v1/conversations/{number}/forward", new { to = Maker, text = "Which *part* is it?", entries = new[] { first } })).Is(200).Json;
        Assert.Equal(before.Text("state"), after.Text("state"));
        Assert.Equal(before.GetProperty("filing").GetProperty("waitingSince").ToString(), after.GetProperty("filing").GetProperty("waitingSince").ToString());
        Assert.Equal(before.GetProperty("filing").GetProperty("answerDueAt").ToString(), after.GetProperty("filing").GetProperty("answerDueAt").ToString());
        Assert.Equal(Maker, after.Items("entries")[^1].Text("forwardedTo"));

        var sent = Assert.Single(await server.Api.Outbox(number));
        Assert.Equal("forward", sent.Text("kind"));
        var raw = await server.Api.OutboxRaw(sent);
        Assert.Contains($"To: {Maker}", raw, StringComparison.Ordinal);
        Assert.Contains("Subject: Fwd: My grinder", raw, StringComparison.Ordinal);
        Assert.Contains("> Which part do I need?", raw, StringComparison.Ordinal);
        Assert.Contains("<em>part</em>", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("4111", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("difficult", raw, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.Author, raw, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.MessageId!, raw, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Their_answer_comes_into_the_same_conversation_and_neither_learns_of_the_other(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "We ask the maker." })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/forward", new { to = Maker, text = "Which part is it?" })).Is(200);
        var asked = (await server.Api.Entries(number, "message"))[^1].Text("messageId");
        var answer = new TestMail { From = $"Parts <{Maker}>", InReplyTo = asked, Subject = "Re: Fwd: My grinder", Text = "It is the small cog. Charge them double." };
        Assert.Equal(number, await server.Receive(answer));
        var theirs = (await server.Api.Entries(number, "message"))[^1];
        Assert.Equal("somebody-else", theirs.Text("author"));

        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It is the small cog." })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/forward", new { to = Maker, text = "Thank you." })).Is(200);
        foreach (var sent in await server.Api.Outbox(number))
        {
            var (raw, toMaker) = (await server.Api.OutboxRaw(sent), sent.Text("kind") == "forward");
            Assert.Equal(toMaker, raw.Contains(Maker, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(toMaker, raw.Contains(asked, StringComparison.Ordinal));
            Assert.Equal(!toMaker, raw.Contains(mail.Author, StringComparison.Ordinal));
            Assert.DoesNotContain("double", raw, StringComparison.Ordinal);
        }

        Assert.Contains("Subject: Re: My grinder", await server.Api.OutboxRaw((await server.Api.Outbox(number, "forward"))[^1]), StringComparison.Ordinal);
        Assert.Contains(answer.MessageId!, await server.Api.OutboxRaw((await server.Api.Outbox(number, "forward"))[^1]), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Files_of_the_conversation_go_along_when_they_are_chosen(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var file = new { name = "cog.txt", type = "text/plain", content = Encoding.UTF8.GetBytes("a small cog") };
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "See here.", attachments = new[] { file } })).Is(200);
        var id = (await server.Api.Entries(number, "message"))[^1].Items("attachments").Single().GetProperty("id").GetInt64();
        var sent = (await server.Api.Post($"/api/v1/conversations/{number}/forward", new { to = Maker, text = "Is it this?", attachments = new[] { id }, files = new[] { file with { name = "new.txt" } } })).Is(200).Json;
        Assert.Equal(["new.txt", "cog.txt"], sent.Items("entries")[^1].Items("attachments").Select(a => a.Text("name")));
        var copy = sent.Items("entries")[^1].Items("attachments")[1].GetProperty("id").GetInt64();
        Assert.Equal("a small cog", (await server.Api.Get($"/api/v1/attachments/{copy}")).Is(200).Body);
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_meant_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var (number, other) = (await server.Receive(mail), await server.Receive(TestMail.FromSomebodyNew()));
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "Among us." })).Is(200);
        var note = (await server.Api.Entries(number, "note")).Single().GetProperty("id").GetInt64();
        var path = $"/api/v1/conversations/{number}/forward";
        (await server.Api.Post(path, new { to = "nobody", text = "?" })).IsProblem(422, "forward.malformed");
        (await server.Api.Post(path, new { text = "?" })).IsProblem(422, "forward.nobody");
        (await server.Api.Post(path, new { to = mail.Author, text = "?" })).IsProblem(422, "forward.customer");
        (await server.Api.Post(path, new { to = Maker })).IsProblem(422, "reply.empty");
        (await server.Api.Post(path, new { to = Maker, text = "Dear {{first_name}}" })).IsProblem(409, "reply.merge-field");
        (await server.Api.Post(path, new { to = Maker, text = "?", entries = new[] { note } })).IsProblem(422, "forward.unknown-entry");
        (await server.Api.Post(path, new { to = Maker, text = "?", entries = new[] { await server.Newest(other) } })).IsProblem(422, "forward.unknown-entry");
        (await server.Api.Post(path, new { to = Maker, text = "?", attachments = new[] { 999 } })).IsProblem(422, "forward.unknown-file");
        (await server.Api.Post("/api/v1/conversations/999/forward", new { to = Maker, text = "?" })).IsProblem(404, "conversation.unknown");
        Assert.Empty(await server.Api.Outbox(number));
    }

    [Theory, EveryDatabase]
    public async Task From_the_desk_it_can_be_taken_back_and_leaves_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: 3600);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        Task<Page> Ask() => priya.Submit($"/conversations/{number}", $"/conversations/{number}/forward", ("to", Maker), ("text", "Which part is it?"));
        (await Ask()).Is(302);
        var page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Contains($"to {Maker}, not to the customer", page.QuerySelector(".entry-leaving")!.TextContent, StringComparison.Ordinal);
        (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/undo")).Is(302);
        var form = (await priya.Get($"/conversations/{number}")).Document.QuerySelector(".writing-forward")!;
        Assert.Equal(Maker, form.QuerySelector("[name=to]")!.GetAttribute("value"));
        Assert.Equal("Which part is it?", form.QuerySelector("textarea")!.TextContent);

        (await Ask()).Is(302);
        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Api.Outbox(number), mails => mails.Length == 1);
        Assert.Equal(0, await server.Store.Read(db => db.Drafts.CountAsync()));
        var shown = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Contains($"to {Maker}, not to the customer", shown.QuerySelector(".entries")!.TextContent, StringComparison.Ordinal);

        var refused = (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/forward", ("to", "nobody"), ("text", "Half a question"))).Is(422).Document;
        Assert.Equal("Half a question", refused.QuerySelector(".writing-forward textarea")!.TextContent);
        Assert.Equal("nobody", refused.QuerySelector(".writing-forward [name=to]")!.GetAttribute("value"));
    }
}
