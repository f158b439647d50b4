using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Notifications;

public sealed class NotificationPagesTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task The_bell_counts_and_the_list_says_why(Engine engine)
    {
        var server = await servers.On(engine);
        var (browser, tom) = await SignedIn(server);
        using var desk = browser;
        var priya = await server.Colleague("Priya Nair");
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "The belt slips" });
        await server.Assign(priya, number, tom);
        Assert.Contains("1 unread notification", (await desk.Get("/conversations")).Document.QuerySelector("[data-bell]")!.TextContent, StringComparison.Ordinal);

        var list = await desk.Get("/notifications");
        var row = Assert.Single(list.Document.QuerySelectorAll(".told > li"));
        Assert.Contains("The belt slips", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Because Priya Nair gave it to you.", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, System.Text.Json.JsonDocument.Parse((await desk.Get("/notifications/bell")).Html).RootElement.GetProperty("unread").GetInt32());

        // Looking does not mean having read; opening does.
        var id = row.Id!.Split('-')[1];
        Assert.Equal($"/conversations/{number}", (await desk.Submit("/notifications", $"/notifications/{id}/open")).Location);
        Assert.True((await desk.Get("/conversations")).Document.QuerySelector("[data-bell-count]")!.HasAttribute("hidden"));
        Assert.Equal("yes", (await desk.Get("/notifications")).Document.QuerySelector($"#told-{id}")!.GetAttribute("data-read"));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_opens_or_reads_what_others_were_told(Engine engine)
    {
        var server = await servers.On(engine);
        var (theirs, tom) = await SignedIn(server);
        theirs.Dispose();
        var (other, _) = await SignedIn(server);
        using var desk = other;
        await server.Assign(await server.Colleague("Priya Nair"), await server.Receive(TestMail.FromSomebodyNew()), tom);
        var told = Assert.Single(await server.Told(tom));
        var token = (await desk.Get("/me")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        (await desk.Post($"/notifications/{told.Id}/open", ("__RequestVerificationToken", token))).Is(404);
        await desk.Post($"/notifications/{told.Id}/read", ("__RequestVerificationToken", token));
        Assert.Null(Assert.Single(await server.Told(tom)).ReadAt);
        Assert.Empty((await desk.Get("/notifications")).Document.QuerySelectorAll(".told > li"));
    }

    [Theory, EveryDatabase]
    public async Task Each_reason_and_each_way_is_switched_for_oneself(Engine engine)
    {
        var server = await servers.On(engine);
        var (browser, tom) = await SignedIn(server);
        using var desk = browser;
        Assert.Equal("/me?kept=yes", (await desk.Submit("/me", "/me/notifications", ("bell", "mentioned"), ("mail", "assigned"), ("rhythm", "daily"), ("quietFrom", "20:00"), ("quietTo", "07:30"))).Location);
        var mine = await server.Services.GetRequiredService<NotificationSettings>().Of(tom);
        Assert.Equal((new Told(false, true), new Told(true, false), Told.Nowhere), (mine.Told[Reason.Assigned], mine.Told[Reason.Mentioned], mine.Told[Reason.Rule]));
        Assert.Equal((MailRhythm.Daily, new QuietHours(20 * 60, (7 * 60) + 30)), (mine.Rhythm, mine.Quiet));
        var page = (await desk.Get("/me?kept=yes")).Document;
        Assert.Equal("20:00", page.QuerySelector("input[name=quietFrom]")!.GetAttribute("value"));
        Assert.Equal("daily", page.QuerySelector("input[name=rhythm][checked]")!.GetAttribute("value"));

        var refused = (await desk.Submit("/me", "/me/notifications", ("rhythm", "daily"), ("quietFrom", "20:00"), ("quietTo", ""))).Is(422);
        Assert.Contains("Quiet hours have a beginning", refused.Document.QuerySelector(".wrong")!.TextContent, StringComparison.Ordinal);
        await server.Assign(await server.Colleague("Priya Nair"), await server.Receive(TestMail.FromSomebodyNew()), tom);
        Assert.Empty((await desk.Get("/notifications")).Document.QuerySelectorAll(".told > li")); // by mail alone
    }

    [Theory, EveryDatabase]
    public async Task Not_for_this_reason_and_mute_are_one_press_away(Engine engine)
    {
        var server = await servers.On(engine);
        var (browser, tom) = await SignedIn(server);
        using var desk = browser;
        var priya = await server.Colleague("Priya Nair");
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await server.Assign(priya, number, tom);
        Assert.Equal("/notifications", (await desk.Submit("/notifications", $"/conversations/{number}/follow", ("choice", "mute"))).Location);
        Assert.Equal("/notifications?off=assigned", (await desk.Submit("/notifications", "/notifications/off")).Location);
        Assert.Contains("You are no longer told", (await desk.Get("/notifications?off=assigned")).Html, StringComparison.Ordinal);
        Assert.Empty(await server.Told(tom));
        Assert.True(await server.Store.Read(db => db.Follows.AnyAsync(f => f.UserId == tom.Id && f.ConversationNumber == number && f.Muted)));
        var token = (await desk.Get("/me")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        (await desk.Post("/notifications/off", ("__RequestVerificationToken", token), ("reason", "whatever"))).Is(422);
    }

    [Theory, EveryDatabase]
    public async Task Leads_hear_once_of_what_waits_past_its_target_with_nobody(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var lead = await server.Colleague("Ada Lead", Role.Lead);
        await server.Receive(TestMail.FromSomebodyNew());
        var watch = server.Services.GetRequiredService<UnassignedWatch>();
        Assert.Equal(0, await watch.TellSome(CancellationToken.None));
        var due = await server.Store.Read(db => db.Conversations.Select(c => c.AnswerDueAt).SingleAsync());
        server.Advance(due!.Value - server.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await watch.TellSome(CancellationToken.None);
        Assert.Equal(Reason.Unassigned, Assert.Single(await server.Told(lead)).Reason);
        Assert.Equal(0, await watch.TellSome(CancellationToken.None));
    }

    private static async Task<(Browser Browser, Actor Actor)> SignedIn(TestServer server)
    {
        var email = $"{Guid.NewGuid():N}@desk.example";
        var user = await server.AddUser(email, "Tom Reed");
        var browser = server.NewBrowser();
        await browser.SignIn(email);
        return (browser, new(ActorKind.Person, user.Id, "Tom Reed", Role.Agent));
    }
}
