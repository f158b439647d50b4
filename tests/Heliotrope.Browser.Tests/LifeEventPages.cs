using System.Text.RegularExpressions;
using Heliotrope.Browser.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Browser.Tests;

/// <summary>The pages of life events, looked at like every other page; and a family in grief from their mail to the last check.</summary>
public class LifeEventPages(Chromium chromium) : IClassFixture<Chromium>
{
    private static TestMail Margaret => new()
    {
        From = "Margaret Ashby <margaret@people.example>",
        Subject = "My husband's subscription",
        Text = "Dear Sir or Madam,\n\nmy husband Alan died two weeks ago. He had coffee from you every second Thursday and I do not know how to stop it.\n\nMargaret Ashby",
    };

    internal static async Task Seen(Journey journey, IPage page, Inspection inspect)
    {
        await inspect.See(page, "/life-events", "Life events");
        var number = await journey.Receive(Margaret);
        var life = (await journey.Server.Api.Get("/api/v1/life-events?open=true")).Is(200).Json.EnumerateArray().First(each => each.GetProperty("conversation").GetInt64() == number);
        var (id, customer) = (life.GetProperty("id").GetInt64(), life.GetProperty("customer").GetProperty("id").GetInt64());
        await page.Open(number);
        await page.Locator(".life-banner details summary").ClickAsync();
        await inspect.Of(page, "conversation, a life event");
        await page.GetByRole(AriaRole.Button, new() { Name = "A link for whoever looks after things" }).ClickAsync();
        await Expect(page.Reply()).ToHaveValueAsync(new Regex("/family/"));
        var path = Regex.Match(await page.Reply().InputValueAsync(), @"/family/\S+").Value;
        await inspect.See(page, $"/life-events/{id}", "Somebody died");
        await page.Locator("#life-contact summary").ClickAsync();
        await page.Locator("#life-more summary").Or(page.Locator("#life-contact summary")).First.ScrollIntoViewIfNeededAsync();
        await inspect.Of(page, "life event, a contact");
        await inspect.See(page, $"/customers/{customer}", "Margaret Ashby");
        await inspect.See(page, path, "We take this off your hands");
        await page.GetByRole(AriaRole.Button, new() { Name = "End everything now" }).ClickAsync();
        await Expect(page.Locator("#cancelled")).ToBeVisibleAsync();
        await inspect.Of(page, "family, ended");
        await page.GetByLabel("What should we know or do?").FillAsync("Please keep the grinder for us.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it to a person" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Your words are with us");
        await inspect.Of(page, "family, a word");
        journey.Expect("status of 404");
        await inspect.See(page, "/family/unknown", "This link does not work");
        (await journey.Server.Api.Post($"/api/v1/life-events/{id}/close")).Is(200);
        await inspect.See(page, "/life-events", "Life events");
        await inspect.See(page, $"/life-events/{id}", "Somebody died");
    }

    [Fact]
    public Task A_family_in_grief_is_served_with_the_keyboard_alone_and_no_automatic_word_leaves() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.GotoAsync("/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Priya Nair" }).FocusAsync();
        await page.Press("Enter");
        await page.TabTo(page.GetByLabel("Trained for hard times in customers’ lives"));
        await page.Press("Space");
        await page.TabTo(page.Locator("section[aria-labelledby=trained-heading] button"));
        await page.RunAndWaitForResponseAsync(() => page.Press("Enter"), answer => answer.Url.EndsWith("/trained", StringComparison.Ordinal)); // the box is ticked before it is kept
        await Expect(page.GetByLabel("Trained for hard times in customers’ lives")).ToBeCheckedAsync();

        var number = await journey.Receive(Margaret);
        await page.Open(number);
        await Expect(page.Meta()).ToContainTextAsync("You have it");
        var banner = page.Locator(".life-banner");
        await Expect(banner).ToContainTextAsync("Somebody died");
        await Expect(banner).ToContainTextAsync("It is yours.");

        // One step, and the words stand in the reply.
        await page.TabTo(banner.GetByRole(AriaRole.Button, new() { Name = "Cancel everything for them" }));
        await page.Press("Enter");
        await Expect(page.Reply()).ToBeFocusedAsync();
        await Expect(page.Reply()).ToHaveValueAsync(new Regex("Everything has ended as of today"));
        await Expect(banner).ToContainTextAsync("cancelled everything");
        await page.Press("Control+End");
        await page.Keyboard.TypeAsync("\n\nWith my sympathy,\nPriya Nair");
        await page.Press("Control+Enter");
        await Expect(page.Entries().Locator(".entry-ours").First).ToContainTextAsync("With my sympathy");
        await Expect(banner).Not.ToContainTextAsync("answer ·");

        // What is done elsewhere is said.
        await page.TabTo(banner.GetByRole(AriaRole.Link, new() { Name = "All of it" }), "Shift+Tab");
        await page.Press("Enter");
        foreach (var step in new[] { "refunded", "returned", "card" })
        {
            await page.TabTo(page.Locator($"#life-step-{step} input[name=note]"));
            await page.Keyboard.TypeAsync("By hand.");
            await page.Press("Enter");
            await Expect(page.Locator($"#life-step-{step}")).ToContainTextAsync("By hand.");
        }

        await page.TabTo(page.GetByRole(AriaRole.Button, new() { Name = "Close and check" }));
        await page.Press("Enter");
        await Expect(page.Locator("#life-check")).ToContainTextAsync("Nothing automatic was sent since");

        await page.Open(number);
        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/resolve")).Is(200);
        await Expect(page.GetByText("Not asked how it went")).ToBeVisibleAsync();
        Assert.Equal(["reply"], (await journey.Server.Api.Outbox(number)).Select(mail => mail.Text("kind")));
        Assert.Equal(1, await journey.Server.Store.Read(db => db.Outbox.CountAsync()));
    });
}
