using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Promises;

public sealed class PromiseApiTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task A_promise_is_made_listed_and_kept(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var owner = await Colleague(server);
        var made = (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "We will call you back.", due = InDays(server, 3), owner })).Is(200).Json;
        var promise = Assert.Single(made.Items("promises"));
        Assert.Equal(("We will call you back.", "open", "Sam Colleague"), (promise.Text("text"), promise.Text("state"), promise.GetProperty("owner").Text("name")));
        Assert.True(promise.GetProperty("due").GetDateTimeOffset() > server.Clock.GetUtcNow());

        var kept = (await server.Api.Post($"/api/v1/conversations/{number}/promises/{Id(promise)}/keep")).Is(200).Json;
        Assert.Equal("kept-early", Assert.Single(kept.Items("promises")).Text("state"));
        Assert.Equal(["promise-made", "promise-kept"], await server.Api.Events(number));
        (await server.Api.Post($"/api/v1/conversations/{number}/promises/{Id(promise)}/keep")).IsProblem(409, "promise.ended");

        var customer = (await server.Api.Get($"/api/v1/customers/{kept.GetProperty("customer").GetProperty("id").GetInt64()}")).Is(200).Json.GetProperty("promises");
        Assert.Equal((1, 1), (customer.GetProperty("kept").GetInt32(), customer.GetProperty("decided").GetInt32()));
    }

    [Theory, EveryDatabase]
    public async Task Another_time_told_first_leaves_a_promise_in_its_place(Engine engine)
    {
        var server = await servers.On(engine);
        var (number, id, _) = await Promised(server);
        var told = (await server.Api.Post($"/api/v1/conversations/{number}/promises/{id}/renegotiate", new { due = InDays(server, 9) })).Is(200).Json.Items("promises").ToArray();
        Assert.Equal(["renegotiated", "open"], told.Select(p => p.Text("state")));
        Assert.Equal(id, told[1].GetProperty("follows").GetInt64());
    }

    [Theory, EveryDatabase]
    public async Task What_is_no_promise_is_refused(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var promises = $"/api/v1/conversations/{number}/promises";
        var (due, owner) = (InDays(server, 3), await Colleague(server));
        (await server.Api.Post(promises, new { text = "Call", due })).IsProblem(422, "promise.owner");
        (await server.Api.Post(promises, new { text = "Call", due, owner = "nobody@desk.example" })).IsProblem(422, "user.unknown");
        (await server.Api.Post(promises, new { text = " ", due, owner })).IsProblem(422, "promise.empty");
        (await server.Api.Post(promises, new { text = new string('x', 501), due, owner })).IsProblem(422, "promise.too-long");
        foreach (var wrong in new[] { "soon", "", "2026-13-01", "0001-01-01", "9999-12-31", "2026-12-04T25:00" })
        {
            (await server.Api.Post(promises, new { text = "Call", due = wrong, owner })).IsProblem(422, "promise.due");
        }

        (await server.Api.Post(promises, new { text = "Call", due = "2020-01-01", owner })).IsProblem(422, "promise.past");
        (await server.Api.Post($"{promises}/999999/keep")).IsProblem(404, "promise.unknown");
        (await server.Api.Post("/api/v1/conversations/999999/promises", new { text = "Call", due })).IsProblem(404, "conversation.unknown");
        Assert.Empty((await server.Api.Conversation(number)).Items("promises"));
    }

    [Theory, EveryDatabase]
    public async Task A_promise_survives_thanks_a_colleague_and_a_resolved_conversation(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var (number, _, _) = await Promised(server, mail);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "I will look.", resolve = true })).Is(200);
        await server.Receive(mail with { MessageId = $"{Guid.NewGuid():N}@client.example", InReplyTo = mail.MessageId, References = $"<{mail.MessageId}>", Text = "Thank you!" });
        var colleague = await Colleague(server);
        (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = colleague })).Is(200);

        var promise = Assert.Single((await server.Api.Conversation(number)).Items("promises"));
        Assert.Equal(("open", colleague), (promise.Text("state"), promise.GetProperty("owner").Text("email")));
    }

    [Theory, EveryDatabase]
    public async Task Its_time_passes_it_is_at_risk_then_broken_and_the_message_that_says_so_waits_for_its_owner(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, id, owner) = await Promised(server);
        var worker = server.Services.GetRequiredService<PromiseWorker>();
        await worker.WatchSome(CancellationToken.None);
        Assert.Equal(["promise-made"], await server.Api.Events(number));

        var due = (await server.Api.Conversation(number)).Items("promises").Single().GetProperty("due").GetDateTimeOffset();
        server.Advance(due.AddMinutes(-30) - server.Clock.GetUtcNow());
        await worker.WatchSome(CancellationToken.None);
        Assert.Equal(["promise-made", "promise-at-risk"], await server.Api.Events(number));
        using var desk = server.NewBrowser();
        await desk.SignIn(owner);
        var page = (await desk.Get($"/conversations/{number}")).Document;
        Assert.Contains("hear it from me first", page.QuerySelector("textarea[name=text]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("We will call you back.", page.QuerySelector(".promise-bar [data-state=risk]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".nav-count"));

        server.Advance(TimeSpan.FromHours(1));
        await worker.WatchSome(CancellationToken.None);
        Assert.Equal(["promise-made", "promise-at-risk", "promise-broken"], await server.Api.Events(number));
        Assert.Contains("it is not done", (await desk.Get($"/conversations/{number}")).Document.QuerySelector("textarea[name=text]")!.TextContent, StringComparison.Ordinal);
        (await server.Api.Post($"/api/v1/conversations/{number}/promises/{id}/renegotiate", new { due = InDays(server, 3) })).IsProblem(409, "promise.ended");
        var done = (await server.Api.Post($"/api/v1/conversations/{number}/promises/{id}/keep")).Is(200).Json.Items("promises").Single();
        Assert.Equal("broken", done.Text("state"));
        Assert.NotEqual(JsonValueKind.Null, done.GetProperty("doneAt").ValueKind);
    }

    [Theory, EveryDatabase]
    public async Task The_message_that_tells_first_renegotiates_when_it_is_sent(Engine engine)
    {
        var server = await servers.On(engine);
        var (number, id, owner) = await Promised(server);
        using var desk = server.NewBrowser();
        await desk.SignIn(owner);
        var later = InDays(server, 9) + "T11:00";
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/promises/{id}/tell", ("due", later))).Status);
        var text = (await desk.Get($"/conversations/{number}")).Document.QuerySelector("textarea[name=text]")!.TextContent;
        Assert.Contains("We will call you back.", text, StringComparison.Ordinal);
        Assert.Contains(There(later).ToString("H:mm", System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        Assert.Equal(["open"], States(await server.Api.Conversation(number)));

        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", text))).Status);
        Assert.Equal(["renegotiated", "open"], States(await server.Api.Conversation(number)));
    }

    [Theory, EveryDatabase]
    public async Task Promises_are_listed_for_their_owner_and_for_who_leads(Engine engine)
    {
        var server = await servers.On(engine);
        var (number, _, owner) = await Promised(server);
        var priya = (await server.Api.Conversation(number)).Items("promises").Single().GetProperty("owner").GetProperty("id").GetInt64();
        Assert.Contains((await server.Api.Get($"/api/v1/promises?owner={priya}&state=open")).Is(200).Json.Items("items"), row => row.GetProperty("conversation").GetInt64() == number);
        Assert.Empty((await server.Api.Get($"/api/v1/promises?owner={priya}&state=broken&since=2090-01-01")).Is(200).Json.Items("items"));
        (await server.Api.Get("/api/v1/promises?state=lost")).IsProblem(422, "promise-state.unknown");

        using var desk = server.NewBrowser();
        await desk.SignIn(owner);
        Assert.Contains("We will call you back.", (await desk.Get("/day")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("We will call you back.", (await desk.Get($"/promises?owner={priya}&state=open")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_time_typed_at_the_desk_is_shown_there_as_it_was_typed(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var team = (await server.Api.Post("/api/v1/teams", new { name = $"Tokyo {number}", zone = "Asia/Tokyo", hours = "Mon-Sun 00:00-24:00", firstAnswerMinutes = 60, nextAnswerMinutes = 60 })).Is(200).Json;
        (await server.Api.Post($"/api/v1/conversations/{number}/team", new { team = $"Tokyo {number}" })).Is(200);
        using var desk = await server.SignedIn();
        var typed = InDays(server, 9) + "T11:00";
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/promises", ("text", "We call."), ("due", typed))).Status);
        Assert.Equal(There(typed), Assert.Single((await server.Api.Conversation(number)).Items("promises")).GetProperty("due").GetDateTimeOffset());
        Assert.Contains("11:00", (await desk.Get($"/conversations/{number}")).Document.QuerySelector(".promise-row")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>What the desk's clock means, in UTC.</summary>
    private static DateTimeOffset There(string typed) => new DateTimeOffset(DateTime.Parse(typed, System.Globalization.CultureInfo.InvariantCulture)).ToUniversalTime();

    private static string InDays(TestServer server, int days) => server.Clock.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static long Id(JsonElement promise) => promise.GetProperty("id").GetInt64();

    private static string[] States(JsonElement conversation) => [.. conversation.Items("promises").Select(p => p.Text("state"))];

    private static async Task<(long Number, long Promise, string Owner)> Promised(TestServer server, TestMail? mail = null)
    {
        var number = await server.Receive(mail ?? TestMail.FromSomebodyNew());
        var owner = await Colleague(server);
        var made = (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "We will call you back.", due = InDays(server, 3), owner })).Is(200).Json;
        return (number, Id(made.Items("promises").Single()), owner);
    }

    private static async Task<string> Colleague(TestServer server)
    {
        var email = $"{Guid.NewGuid():N}@desk.example";
        await server.AddUser(email, "Sam Colleague", Role.Agent);
        return email;
    }
}
