using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class SendLaterTests
{
    private const string Words = "Shall we look at it together?";

    [Theory, EveryDatabase]
    public async Task It_leaves_at_its_time_and_is_shown_until_then(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        (await priya.Reply(number, Words, ("later", "hour"))).Is(302);
        var page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Contains("Leaves t", page.QuerySelector(".entry-leaving .entry-head")!.TextContent, StringComparison.Ordinal); // today or tomorrow
        Assert.Equal("", page.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Equal(Words, (await server.Api.Conversation(number)).Items("waiting").Single().Text("text"));

        server.Advance(TimeSpan.FromMinutes(58));
        Assert.Empty(await server.Said(number));
        server.Advance(TimeSpan.FromMinutes(3));
        await server.Until(() => server.Said(number), said => said.Length == 1);
        Assert.Single(await server.Api.Outbox(number));
        Assert.Equal("Priya Nair", (await server.Api.Entries(number, "message"))[^1].GetProperty("from").Text("name"));
    }

    [Theory, EveryDatabase]
    public async Task It_stays_when_the_customer_writes_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        using var priya = await server.SignedIn();
        (await priya.Reply(number, Words, ("later", "tomorrow"))).Is(302);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "By a program.", sendAt = server.In(TimeSpan.FromDays(2)) })).Is(200);

        await server.Again(mail, "It works now.");
        var waiting = (await server.Api.Conversation(number)).Items("waiting");
        Assert.Equal(["reply.overtaken", "reply.overtaken"], waiting.Select(w => w.Text("stopped")));
        server.Advance(TimeSpan.FromDays(3));
        var page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Contains("the customer wrote first", page.QuerySelector(".entry-stopped")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await server.Said(number));

        (await priya.Press(number, "write")).Is(302);
        Assert.Equal(Words, (await priya.Get($"/conversations/{number}")).Document.QuerySelector("textarea[data-write=reply]")!.TextContent);
    }

    [Theory, EveryDatabase]
    public async Task It_stays_when_a_colleague_answers_first_and_several_of_one_person_leave_one_by_one(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, other) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        using var priya = await server.SignedIn();
        using var tom = await server.SignedIn(name: "Tom Weaver");
        (await priya.Reply(number, "One.", ("later", "hour"))).Is(302);
        (await priya.Reply(number, "Two.", ("later", "tomorrow"))).Is(302);
        (await priya.Reply(other, "Three.", ("later", "hour"))).Is(302);
        (await tom.Reply(other, "Tom's.")).Is(302);
        server.Advance(TimeSpan.FromDays(2));
        await server.Until(() => server.Store.Read(db => db.Drafts.CountAsync(d => d.SendAt != null)), left => left == 0);
        Assert.Equal(["One.", "Two."], await server.Said(number));
        Assert.Equal(["Tom's."], await server.Said(other));
        Assert.Contains("somebody answered first", (await priya.Get($"/conversations/{other}")).Document.QuerySelector(".entry-stopped")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task It_is_stopped_changed_and_let_go_by_buttons_and_no_word_is_lost(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        using var tom = await server.SignedIn(name: "Tom Weaver");
        (await priya.Reply(number, Words, ("later", "hour"))).Is(302);
        await DraftTests.Save(priya, number, "reply", "Begun meanwhile");
        Assert.Equal("Begun meanwhile", (await priya.Get($"/conversations/{number}")).Document.QuerySelector("textarea[data-write=reply]")!.TextContent);

        (await priya.Press(number, "write")).Is(302); // each takes the other's place
        var page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Equal(Words, page.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Contains("Begun meanwhile", page.QuerySelector(".entry-stopped")!.TextContent, StringComparison.Ordinal);

        (await priya.Reply(number, Words, ("later", "hour"))).Is(302);
        (await tom.Press(number, "now")).Is(403); // hers
        (await tom.Press(number, "stop")).Is(302); // but anybody may hold it
        server.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await server.Said(number));
        (await priya.Press(number, "now")).Is(302);
        await server.Until(() => server.Said(number), said => said.Length == 1);
    }

    [Theory, EveryDatabase]
    public async Task A_program_plans_changes_and_drops_its_replies(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var path = $"/api/v1/conversations/{number}";
        async Task<long> Plan(string text) => (await server.Api.Post($"{path}/replies", new { text, sendAt = server.In(TimeSpan.FromHours(1)) })).Is(200).Json.Items("waiting")[^1].GetProperty("id").GetInt64();
        var (first, second, third) = (await Plan("First."), await Plan("Second."), await Plan("Third."));
        (await server.Api.Send(new(HttpMethod.Put, $"{path}/waiting/{first}") { Content = System.Net.Http.Json.JsonContent.Create(new { text = "Better.", sendAt = server.In(TimeSpan.FromHours(3)) }) })).Is(200);
        (await server.Api.Send(new(HttpMethod.Delete, $"{path}/waiting/{second}"))).Is(200);
        (await server.Api.Post($"{path}/waiting/{third}/send")).Is(200);
        await server.Until(() => server.Said(number), said => said.Length == 1);
        server.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["Third."], await server.Said(number));
        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Said(number), said => said.Length == 2);
        Assert.Equal(["Third.", "Better."], await server.Said(number));
        (await server.Api.Send(new(HttpMethod.Delete, $"{path}/waiting/{first}"))).IsProblem(409, "waiting.gone");
    }

    [Theory, EveryDatabase]
    public async Task Its_promises_are_made_when_it_leaves_and_counted_from_then(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        const string promise = "I will write to you within two days.";
        (await priya.Reply(number, promise, ("promises", promise.TrimEnd('.')), ("later-at", ""), ("later", "tomorrow"))).Is(302);
        Assert.Empty((await server.Api.Conversation(number)).Items("promises"));
        server.Advance(TimeSpan.FromDays(2));
        await server.Until(() => server.Said(number), said => said.Length == 1);
        var made = (await server.Api.Conversation(number)).Items("promises").Single();
        Assert.True(made.GetProperty("due").GetDateTimeOffset() > server.Clock.GetUtcNow().AddDays(1), made.ToString());
    }

    [Theory, EveryDatabase]
    public async Task Times_that_cannot_be_meant_are_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        var path = $"/api/v1/conversations/{number}/replies";
        (await server.Api.Post(path, new { text = Words, sendAt = "2001-01-01T09:00:00Z" })).IsProblem(422, "later.past");
        (await server.Api.Post(path, new { text = Words, sendAt = server.In(TimeSpan.FromDays(400)) })).IsProblem(422, "later.too-far");
        (await server.Api.Post(path, new { text = "", sendAt = server.In(TimeSpan.FromDays(1)) })).IsProblem(422, "reply.empty");
        (await server.Api.Post("/api/v1/conversations/999/replies", new { text = Words, sendAt = server.In(TimeSpan.FromDays(1)) })).IsProblem(404, "conversation.unknown");
        var page = (await priya.Reply(number, Words, ("later", "at"), ("later-at", "2001-01-01T09:00"))).Is(422).Document;
        Assert.Contains("lies ahead", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Words, page.QuerySelector("textarea[data-write=reply]")!.TextContent);
        (await priya.Reply(number, Words, ("later", "at"), ("later-at", "nonsense"))).Is(422);
        Assert.Equal(0, await server.Store.Read(db => db.Drafts.CountAsync(d => d.Apart)));
    }
}
