using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Channels;

public sealed class LongOverTests
{
    [Theory, EveryDatabase]
    public async Task An_answer_long_after_begins_a_conversation_that_follows_the_old_one(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var old = await server.Receive(mail);
        var reply = await Resolve(server, old);
        (await server.Api.Post("/api/v1/teams", new { name = "Repairs", zone = "UTC", hours = "Mon-Sun 00:00-24:00", firstAnswerMinutes = 60, nextAnswerMinutes = 60 })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{old}/team", new { team = "Repairs" })).Is(200);
        server.Advance(TimeSpan.FromDays(61));

        Assert.Equal(old, await server.Receive(mail.Answer("Thank you!", reply))); // thanks are for what was
        server.Advance(TimeSpan.FromDays(61));
        var next = await server.Receive(mail.Answer("The new one is broken, too.", reply));
        Assert.NotEqual(old, next);
        Assert.Equal(next, await server.Receive(mail.Answer("Are you there?", reply)));
        Assert.Equal("resolved", (await server.Api.Conversation(old)).Text("state"));
        Assert.Equal("open", (await server.Api.Conversation(next)).Text("state"));
        Assert.Equal(old, (await server.Api.Conversation(next)).GetProperty("filing").GetProperty("follows").GetInt64());
        Assert.Equal("Repairs", (await server.Api.Conversation(next)).GetProperty("filing").GetProperty("team").Text("name"));
        Assert.Equal(next, (await server.Api.Conversation(old)).GetProperty("filing").GetProperty("followedBy").GetInt64());

        using var desk = await server.SignedIn();
        Assert.Equal("Goes on in conversation 2", (await desk.Get($"/conversations/{old}")).Document.QuerySelector($".talk-meta a[href='/conversations/{next}']")!.TextContent);
        Assert.Equal("Follows conversation 1", (await desk.Get($"/conversations/{next}")).Document.QuerySelector($".talk-meta a[href='/conversations/{old}']")!.TextContent);

        // And so on: what follows is over some day, too.
        var second = await Resolve(server, next);
        server.Advance(TimeSpan.FromDays(61));
        var third = await server.Receive(mail.Answer("It is me again. What now?", reply));
        Assert.Equal(next, (await server.Api.Conversation(third)).GetProperty("filing").GetProperty("follows").GetInt64());
        Assert.Equal(third, await server.Receive(mail.Answer("Hello? Anybody?", second)));
    }

    [Theory, EveryDatabase]
    public async Task An_answer_soon_after_opens_the_conversation_again_as_do_words_to_one_that_is_not_resolved(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (soon, open) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        var (first, second) = (await server.Receive(soon), await server.Receive(open));
        var reply = await Resolve(server, first);
        server.Advance(TimeSpan.FromDays(59));
        Assert.Equal(first, await server.Receive(soon.Answer("It broke again.", reply)));
        Assert.Equal(JsonValueKind.Null, (await server.Api.Conversation(first)).GetProperty("filing").GetProperty("follows").ValueKind);
        server.Advance(TimeSpan.FromDays(300));
        Assert.Equal(second, await server.Receive(open.Answer("Still waiting.", open.MessageId)));
    }

    [Theory, EveryDatabase]
    public async Task Where_ids_were_lost_Outlooks_mark_finds_the_thread_for_its_customer_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mark = Enumerable.Range(0, 22).Select(i => (byte)(i == 0 ? 1 : 0xA0 + i)).ToArray();
        string Header(int answers) => "Thread-Index: " + Convert.ToBase64String([.. mark, .. new byte[5 * answers]]);
        var mail = TestMail.FromSomebodyNew() with { More = [Header(0)] };
        var number = await server.Receive(mail);
        Assert.Equal(number, await server.Receive(mail.Answer("No id came with this.") with { More = [Header(1)] }));
        Assert.NotEqual(number, await server.Receive(TestMail.FromSomebodyNew() with { More = [Header(2)] }));
        Assert.NotEqual(number, await server.Receive(mail.Answer("The first of a thread, sent anew.") with { More = [Header(0)] }));
        Assert.NotEqual(number, await server.Receive(mail.Answer("Damaged.") with { More = ["Thread-Index: AQ=="] }));
    }

    private static async Task<string> Resolve(TestServer server, long number)
    {
        var details = (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable.", resolve = true })).Is(200).Json;
        return details.Items("entries").Last(e => e.Text("kind") == "message" && e.Text("direction") == "out").Text("messageId");
    }
}
