using Heliotrope.Server.Conversations;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Heliotrope.Server.Tests.Filing;

public sealed class SnoozeApiTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static SnoozeWorker Worker(TestServer server) => server.Services.GetServices<IHostedService>().OfType<SnoozeWorker>().Single();

    [Theory, EveryDatabase]
    public async Task It_rests_until_the_date_and_comes_back_on_top(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var until = server.Clock.GetUtcNow().AddHours(30);
        var rests = (await server.Api.Post($"/api/v1/conversations/{number}/snooze", new { until })).Is(200).Json;
        Assert.Equal("snoozed", rests.Text("state"));
        Assert.Equal(0, await Worker(server).WakeSome(CancellationToken.None));

        server.Advance(TimeSpan.FromHours(31));
        await Worker(server).WakeSome(CancellationToken.None); // or the worker itself was quicker
        var back = await server.Api.Conversation(number);
        Assert.Equal(("open", "datecame"), (back.Text("state"), back.Text("attention").Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()));
        Assert.Equal(["snoozed", "woke"], await server.Api.Events(number));
        using var desk = await server.SignedIn();
        Assert.Contains("The date has come until which it was put off", (await desk.Get("/conversations")).Document.QuerySelector($"#row-{number}")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_date_that_cannot_be_is_refused(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var now = server.Clock.GetUtcNow();
        foreach (var until in new DateTimeOffset?[] { null, now, now.AddDays(-1), now.AddDays(400), DateTimeOffset.MaxValue })
        {
            Assert.Equal("until", (await server.Api.Post($"/api/v1/conversations/{number}/snooze", new { until })).IsProblem(422, "snooze.date").Json.Text("field"));
        }

        (await server.Api.Post($"/api/v1/conversations/{number}/snooze", new { until = "tomorrow" })).IsProblem(400, "request.malformed");
        (await server.Api.Post("/api/v1/conversations/999999/snooze", new { until = now.AddDays(1) })).IsProblem(404, "conversation.unknown");
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve")).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/snooze", new { until = now.AddDays(1) })).IsProblem(409, "conversation.resolved");
    }

    [Theory, EveryDatabase]
    public async Task The_desk_puts_off_and_brings_back(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn();
        var page = await desk.Get($"/conversations/{number}");
        var offered = page.Document.QuerySelectorAll("button[name=until]").Select(button => button.GetAttribute("value")!).ToList();
        Assert.InRange(offered.Count, 3, 4);
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/snooze", ("until", offered[^1]))).Status);
        Assert.Equal("snoozed", (await server.Api.Conversation(number)).Text("state"));
        var resting = (await desk.Get($"/conversations/{number}?view=snoozed")).Document;
        Assert.Contains("Rests until", resting.QuerySelector(".talk-meta")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Rests until", resting.QuerySelector($"#row-{number}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Priya Nair put this off until", resting.QuerySelector(".entries")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/reopen")).Status);
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task A_day_and_time_of_ones_own_is_taken_and_a_past_one_is_told(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn();
        var action = $"/conversations/{number}/snooze";
        foreach (var wrong in new[] { "2020-01-01T09:00", "", "soon", "9999-12-31T23:59" })
        {
            var refused = await desk.Submit($"/conversations/{number}", action, ("at", wrong));
            Assert.Equal(422, refused.Status);
            Assert.Contains("The date lies ahead", refused.Html, StringComparison.Ordinal);
        }

        var at = SnoozeChoices.Local(server.Clock.GetUtcNow().AddDays(3), TimeZoneInfo.Local);
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", action, ("at", at))).Status);
        Assert.Equal("snoozed", (await server.Api.Conversation(number)).Text("state"));
    }

    [Fact]
    public void The_choices_are_mornings_in_the_zone_of_who_looks_and_none_comes_twice()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var sunday = SnoozeChoices.From(new(2026, 3, 29, 12, 0, 30, TimeSpan.Zero), berlin); // clocks went forward in the night
        Assert.Equal(["hours", "tomorrow", "week"], sunday.Select(choice => choice.Name));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 15, 0, 0, TimeSpan.Zero), sunday[0].At);
        Assert.Equal(new DateTimeOffset(2026, 3, 30, 7, 0, 0, TimeSpan.Zero), sunday[1].At);
        var friday = SnoozeChoices.From(new(2026, 11, 27, 23, 30, 0, TimeSpan.Zero), berlin); // Saturday there
        Assert.Equal(["hours", "tomorrow", "monday", "week"], friday.Select(choice => choice.Name));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero), friday[2].At);
    }

    [Fact]
    public void A_time_that_clocks_skip_is_the_first_after_the_gap()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), SnoozeChoices.Read(null, "2026-03-29T02:30", berlin));
        Assert.Null(SnoozeChoices.Read("now", "then", berlin));
    }
}
