using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Browser.Tests;

/// <summary>What a colleague does reaches another one's bell while they look at something else.</summary>
public class BeingTold(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_bell_counts_at_once_and_opening_means_having_read() => Journey.Walk(chromium, async journey =>
    {
        var priya = await journey.SignIn();
        var lena = await journey.SignIn("Lena Fischer", Role.Agent);
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Subject = "The scale shows nothing" });
        await lena.GotoAsync("/articles");
        await lena.MustStay();
        await Expect(Count(lena)).ToBeHiddenAsync();
        await priya.Open(number);
        await priya.Press("a");
        await priya.Locator("[data-assign] button", new() { HasTextString = "Lena Fischer" }).ClickAsync();
        await Expect(Count(lena)).ToContainTextAsync("1 unread notification");
        await lena.HasStayed();

        await lena.Press("g");
        await lena.Press("n");
        await Expect(lena.Locator(".told")).ToContainTextAsync("Because Priya Nair gave it to you.");
        await lena.TabTo(lena.Locator(".told .link").First);
        await lena.Press("Enter");
        await lena.WaitForURLAsync($"**/conversations/{number}");
        await Expect(Count(lena)).ToBeHiddenAsync();
        await Expect(Count(priya)).ToBeHiddenAsync(); // nobody is told of what they did themselves
    });

    [Fact]
    public Task Being_named_is_told_on_another_screen_and_what_is_on_the_screen_is_read() => Journey.Walk(chromium, async journey =>
    {
        var lena = await journey.SignIn("Lena Fischer", Role.Agent);
        var priya = await journey.Server.AddUser("priya@desk.example", "Priya Nair");
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Name(journey, priya.Id, number, "Can you look at the belt?");
        await Expect(Count(lena)).ToContainTextAsync("1 unread notification");
        await lena.GotoAsync("/notifications");
        await Expect(lena.Locator(".told")).ToContainTextAsync("Because Priya Nair named you in a note.");

        // The list is renewed by itself; a second tab has the same bell.
        var other = await lena.Context.NewPageAsync();
        await other.GotoAsync("/articles");
        await Name(journey, priya.Id, number, "It is urgent.");
        await Expect(lena.Locator(".told")).ToContainTextAsync("2 times");
        await Expect(Count(other)).ToContainTextAsync("1 unread notification");

        await lena.Open(number);
        await Expect(Count(lena)).ToBeHiddenAsync();
        await Expect(Count(other)).ToBeHiddenAsync();
        await Name(journey, priya.Id, number, "Are you there?");
        await Expect(lena.Entries()).ToContainTextAsync("Are you there?");
        await Expect(Count(lena)).ToBeHiddenAsync();
    });

    [Fact]
    public Task A_browser_is_asked_when_somebody_presses_and_says_names_and_no_words() => Journey.Walk(chromium, async journey =>
    {
        var lena = await journey.SignIn("Lena Fischer", Role.Agent);
        var priya = await journey.Server.AddUser("priya@desk.example", "Priya Nair");
        await lena.Context.GrantPermissionsAsync(["notifications"]);
        await lena.Context.AddInitScriptAsync("""
            window.said = [];
            window.Notification = class extends EventTarget {
              static permission = "granted";
              static requestPermission() { return Promise.resolve("granted"); }
              constructor(title, options) { super(); window.said.push(`${title} / ${options.body}`); }
              close() {}
            };
            """);
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { From = "Ada Lovelace <ada.aloud@client.example>", Subject = "The scale shows nothing" });
        await lena.GotoAsync("/notifications");
        await Name(journey, priya.Id, number, "A secret.");
        await Expect(Count(lena)).ToContainTextAsync("1 unread notification");
        Assert.Empty(await lena.EvaluateAsync<string[]>("() => window.said")); // off until somebody wants it

        await lena.Locator("#allow-bell").ClickAsync();
        await Expect(lena.Locator("#allow-bell")).ToHaveTextAsync("No longer show them on this computer");
        await Name(journey, priya.Id, number, "Another secret.");
        await lena.WaitForFunctionAsync("() => window.said.length === 1");
        Assert.Equal(["Ada Lovelace: The scale shows nothing / Because Priya Nair named you in a note."], await lena.EvaluateAsync<string[]>("() => window.said"));
    });

    private static Task<bool> Name(Journey journey, long by, long number, string words) => journey.Server.Store.Write(
        async db =>
        {
            var actor = (await db.Users.FindAsync(by))!.AsActor();
            var conversation = (await db.Conversations.FindAsync(number))!;
            var now = journey.Server.Clock.Now();
            conversation.Note(actor, words, now);
            var lena = await db.Users.SingleAsync(u => u.Name == "Lena Fischer");
            await Notify.Write(db, lena.Id, Reason.Mentioned, conversation, words, actor, now);
            return true;
        },
        CancellationToken.None);

    private static ILocator Count(IPage page) => page.Locator("[data-bell-count]");
}
