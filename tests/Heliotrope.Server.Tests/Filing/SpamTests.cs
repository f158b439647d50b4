using Heliotrope.Core.People;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Filing;

public sealed class SpamTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task Spam_is_in_its_folder_and_nowhere_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var kept = await server.Receive(mail);
        var spam = await server.Receive(mail with { Subject = "Win a boat", MessageId = "boat@client.example" });
        (await server.Api.Post($"/api/v1/conversations/{spam}/tags", new { add = new[] { "boat" } })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{spam}/replies", new { text = "No, thank you.", resolve = false })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{spam}/spam", new { spam = true })).Is(200);

        var customer = (await server.Api.Conversation(kept)).GetProperty("customer").GetProperty("id").GetInt64();
        foreach (var path in new[]
        {
            "/api/v1/conversations", "/api/v1/conversations?state=waiting", $"/api/v1/customers/{customer}", "/api/v1/tags", "/api/v1/happiness",
        })
        {
            var body = (await server.Api.Get(path)).Is(200).Body;
            Assert.DoesNotContain("boat", body, StringComparison.Ordinal);
        }

        Assert.Equal([spam], (await server.Api.Get("/api/v1/conversations?spam=true")).Is(200).Json.Items("items").Select(item => item.GetProperty("number").GetInt64()));
        var today = server.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var (from, to) = (server.Clock.GetUtcNow().AddDays(-2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), today);
        using var desk = await server.SignedIn();
        foreach (var list in new[] { "open", "mine", "waiting", "snoozed", "resolved", "confirmed", "all" })
        {
            Assert.DoesNotContain("Win a boat", (await desk.Get($"/conversations?view={list}")).Html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Win a boat", (await desk.Get($"/conversations?from={from}&to={to}&ending=unanswered")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Win a boat", (await desk.Get($"/conversations/{kept}")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"/conversations/{spam}\"", (await desk.Get("/happiness")).Html, StringComparison.Ordinal);
        var folder = (await desk.Get("/conversations?view=spam")).Document;
        Assert.Equal($"row-{spam}", Assert.Single(folder.QuerySelectorAll(".rows > li")).Id);
        Assert.Equal("1", folder.QuerySelector("#views a[href$=all] .num")!.TextContent);
        Assert.Equal("1", folder.QuerySelector("#queue-heading .count")!.TextContent);
    }

    [Theory, EveryDatabase]
    public async Task Spam_is_asked_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Hello.", resolve = false })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/spam", new { })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve")).Is(200);
        Assert.Empty(await server.Api.Outbox(number, "confidence"));
    }

    [Theory, EveryDatabase]
    public async Task Mail_that_is_marked_or_blocked_goes_to_the_folder(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/blocked-senders", new { address = " @Boats.example " })).Is(200);
        (await server.Api.Post("/api/v1/blocked-senders", new { address = "Otto@client.example" })).Is(200);
        var marked = await server.Receive(TestMail.FromSomebodyNew() with { More = ["X-Spam-Flag: YES"] });
        var domain = await server.Receive(TestMail.FromSomebodyNew() with { From = "Win <win@boats.example>" });
        var person = await server.Receive(TestMail.FromSomebodyNew() with { From = "otto@client.example" });
        var good = await server.Receive(TestMail.FromSomebodyNew() with { From = "anna@good-boats.example", More = ["X-Spam-Flag: NO"] });
        foreach (var (number, spam) in new[] { (marked, true), (domain, true), (person, true), (good, false) })
        {
            Assert.Equal(spam, (await server.Api.Conversation(number)).GetProperty("filing").GetProperty("spam").GetBoolean());
        }

        (await server.Api.Post("/api/v1/blocked-senders/remove", new { address = "@boats.example" })).Is(200);
        var again = await server.Receive(TestMail.FromSomebodyNew() with { From = "Win <win2@boats.example>" });
        Assert.False((await server.Api.Conversation(again)).GetProperty("filing").GetProperty("spam").GetBoolean());
    }

    [Theory, EveryDatabase]
    public async Task The_desk_marks_blocks_and_takes_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        using var desk = await server.SignedIn(Role.Admin);
        var (page, action) = ($"/conversations/{number}", $"/conversations/{number}/spam");
        Assert.Equal(302, (await desk.Submit(page, action, ("choice", "block"))).Status);
        Assert.Contains("In the spam folder", (await desk.Get(page)).Html, StringComparison.Ordinal);
        Assert.Contains(mail.Author, (await desk.Get("/settings")).Html, StringComparison.Ordinal);
        Assert.Equal(302, (await desk.Submit(page, action, ("choice", "no"))).Status);
        Assert.Equal(["spam", "not-spam"], await server.Api.Events(number));
        Assert.Equal(302, (await desk.Submit("/settings", "/settings/blocked-senders/remove")).Status);
        Assert.DoesNotContain(mail.Author, (await desk.Get("/settings")).Html, StringComparison.Ordinal);
        Assert.Equal(422, (await desk.Submit("/settings", "/settings/blocked-senders", ("sender", "nobody"))).Status);
    }

    [Theory, EveryDatabase]
    public async Task When_no_more_senders_can_be_blocked_nothing_is_done_and_it_is_said(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Store.Write(
            async db =>
            {
                db.AddRange(Enumerable.Range(0, ChangeBlockedSenders.Most).Select(i => new BlockedSender { Address = $"@s{i}.example" }));
                return await db.SaveChangesAsync();
            },
            CancellationToken.None);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/spam", new { spam = true, block = true })).IsProblem(409, "sender.too-many");
        using var desk = await server.SignedIn();
        var page = await desk.Submit($"/conversations/{number}", $"/conversations/{number}/spam", ("choice", "block"));
        Assert.Equal(422, page.Status);
        Assert.Contains("5000", page.Document.QuerySelector("[role=alert], .wrong")!.TextContent, StringComparison.Ordinal);
        Assert.False((await server.Api.Conversation(number)).GetProperty("filing").GetProperty("spam").GetBoolean());
    }

    [Theory, EveryDatabase]
    public async Task What_is_no_sender_is_refused_and_only_administrators_see_the_list(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var address in new[] { "", null, "boats.example", "@", "@@boats.example", "a b@boats.example", "\0" })
        {
            Assert.Equal("sender", (await server.Api.Post("/api/v1/blocked-senders", new { address })).IsProblem(422, "sender.malformed").Json.Text("field"));
        }

        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Get("/api/v1/blocked-senders")).IsProblem(403, "role.insufficient");
        (await agent.Post("/api/v1/blocked-senders", new { address = "@boats.example" })).IsProblem(403, "role.insufficient");
        (await server.Api.Post("/api/v1/conversations/999999/spam", new { spam = true })).IsProblem(404, "conversation.unknown");
    }
}
