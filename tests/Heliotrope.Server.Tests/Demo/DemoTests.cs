using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Demo;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Replay;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Tests.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public void The_stories_have_no_problems_whenever_they_are_played()
    {
        // Each day of a fortnight, in the small hours and at noon: what is counted from now and what from Monday must not get into each other's way.
        for (var hours = 3; hours < 14 * 24; hours += 9)
        {
            var problems = new ReplayProblems();
            var script = ReplayReader.Read(LoadDemo.Files(), problems);
            var plan = ReplayPlan.Of(script, new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hours), problems);
            Assert.False(problems.Any, problems.ToString());
            Assert.True(plan.Events.Count > 700);
            Assert.True(plan.Ahead < 10, $"{plan.Ahead} events ahead, {hours} hours after a Monday");
        }
    }

    [Theory, EveryDatabase]
    public async Task It_comes_with_one_click_and_goes_with_all_that_is_its_own_and_nothing_else(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.Url);
        using var admin = await server.SignedIn(Role.Admin, "Mo Real");
        var mail = TestMail.FromSomebodyNew();
        using (var agent = await server.SignedIn())
        {
            Assert.DoesNotContain("/settings/demo/load", (await agent.Get("/conversations")).Html, StringComparison.Ordinal);
        }

        // An administrator finds it on the first visit and in the settings.
        Assert.Contains("Look around with a demo company", (await admin.Get("/conversations")).Html, StringComparison.Ordinal);
        await server.Receive(mail);
        Assert.Contains("Load the demo company", (await admin.Get("/settings")).Html, StringComparison.Ordinal);
        var before = await Schema.Counts(server.Store.Engine);
        Assert.Equal("/conversations", (await admin.Submit("/settings", "/settings/demo/load")).Location);
        (await server.Api.Post("/api/v1/demo/load")).IsProblem(409, "replay.running");
        (await server.Api.Post("/api/v1/demo/remove")).IsProblem(409, "replay.running");
        await server.Until(() => server.Store.Read(db => DemoStates.Of(db, server.Clock.GetUtcNow())), state => state is DemoState.Loaded);
        (await server.Api.Post("/api/v1/demo/load")).IsProblem(409, "demo.loaded");

        var marked = await server.Store.Read(async db => (
            Conversations: await db.Conversations.CountAsync(c => c.Demo), Customers: await db.Customers.CountAsync(c => c.Demo), Others: await db.Conversations.CountAsync(c => !c.Demo)));
        Assert.True(marked is { Conversations: > 100, Customers: > 40, Others: 1 }, $"{marked}");
        Assert.Equal(0, await server.Store.Read(db => db.Outbox.CountAsync(o => o.State != OutboxState.Replayed)));

        // What real people do meanwhile: a reply in a conversation of the demo company, which never leaves, and one of their own, which a colleague from there gets.
        var theirs = await server.Store.Read(db => db.Conversations.Where(c => c.Demo && c.State == ConversationState.Open && !c.IsSpam).Select(c => c.Number).FirstAsync());
        (await server.Api.Post($"/api/v1/conversations/{theirs}/replies", new { text = "Let me look", resolve = true })).Is(200);
        var number = await server.Receive(mail.Answer("And another thing?") with { Subject = "Another", InReplyTo = null, To = "anything@desk.example" });
        (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = "priya@coffee.example" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Words that leave" })).Is(200);
        var sent = await smarthost.Next();
        Assert.DoesNotContain("coffee.example", sent.Text, StringComparison.Ordinal);
        await server.Until(() => server.Store.Read(db => db.Outbox.CountAsync(o => o.State == OutboxState.Sent)), sentMails => sentMails == 1);

        Assert.Contains("Remove the demo company", (await admin.Get("/settings")).Html, StringComparison.Ordinal);
        Assert.Equal("/settings#demo", (await admin.Submit("/settings", "/settings/demo/remove")).Location);
        (await server.Api.Post("/api/v1/demo/remove")).IsProblem(409, "demo.missing");

        // That one was assigned can be taken back for a week, like everything that real people did.
        var expected = new Dictionary<string, long>(before);
        foreach (var (table, more) in new[] { ("conversations", 1), ("conversation_figures", 1), ("readings", 1), ("entries", 3), ("raw_mail", 1), ("outbox", 1), ("outbox_bytes", 1), ("audit", 3), ("undo_steps", 1), ("undo_rows", 3) })
        {
            expected[table] += more;
        }

        Assert.Equal(expected.OrderBy(t => t.Key), (await Schema.Counts(server.Store.Engine)).OrderBy(t => t.Key));
        Assert.Null(await server.Store.Read(db => db.Conversations.Where(c => c.Number == number).Select(c => c.AssigneeId).SingleAsync()));
        Assert.Single(smarthost.Mails);
    }
}
