using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;
using static Heliotrope.Browser.Tests.Infrastructure.Demo;

namespace Heliotrope.Browser.Tests;

/// <summary>Every page, small and large, light and dark: nothing that shuts somebody out, and nothing to scroll sideways.</summary>
[Collection(InTheBrowser.Name)]
public class EveryPage(Chromium chromium)
{
    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public Task Is_open_to_everybody_before_the_first_mail(int width) => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        var page = await journey.NewVisitor(width);
        var setup = (await journey.Server.SetupPath())!;
        await See(page, inspect, setup, "Welcome to your desk.");
        journey.Expect("status of 422");
        await FillSetup(page, password: "passwordpassword");
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "setup, refused");
        await FillSetup(page, Password);
        await See(page, inspect, "/conversations", "Needs a person");
        await See(page, inspect, "/outbox", "Outbox");
        await See(page, inspect, "/quarantine", "Messages that could not be read");
        await See(page, inspect, "/happiness", "Happiness");
        await See(page, inspect, "/settings", "Settings");
        await See(page, inspect, "/settings/teams", "Teams and drivers");
        await See(page, inspect, "/api", "The API of Heliotrope");
        await SeeRefused(journey, page, inspect, "/nowhere", "There is nothing at this address.", 404);
        await SeeRefused(journey, page, inspect, "/conversations/77", "There is nothing at this address.", 404);
        await SeeRefused(journey, page, inspect, setup, "This desk is set up.", null);
        await SeeRefused(journey, page, inspect, "/confidence/unknown", "This link does not work", 404);

        var stranger = await journey.NewVisitor(width);
        await See(stranger, inspect, "/sign-in", "Sign in to the desk");
        await journey.Server.AddUser("tom@coffee.example", "Tom Weaver", Role.Agent, Password);
        await SignIn(stranger, "tom@coffee.example");
        await SeeRefused(journey, stranger, inspect, "/settings", "This is not open to you.", 403);
        inspect.FoundNothing();
    }, $"Before_the_first_mail_{width}");

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public Task Is_open_to_everybody_on_a_busy_day(int width) => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        var demo = await Demo.On(journey.Server);
        var number = await demo.Arrives();
        var page = await journey.NewVisitor(width);
        await SignIn(page, "priya@coffee.example");
        await See(page, inspect, "/happiness", "Happiness");
        await Expect(page.Locator(".dot-list")).ToBeVisibleAsync();

        await demo.PastWeeks(5, 22);
        await See(page, inspect, "/happiness", "Happiness");
        await Expect(page.Locator("rect.bar").First).ToBeVisibleAsync();
        await demo.Files(number);
        await TheDesk(page, inspect, number, width);
        await TheFiling(journey, page, inspect, number);
        await TheOutbox(journey, page, inspect);
        await TheSettings(journey, page, inspect);
        await TheCustomersPage(journey, page, inspect, demo, number);
        inspect.FoundNothing();
    }, $"On_a_busy_day_{width}");

    private static async Task TheDesk(IPage page, Inspection inspect, long number, int width)
    {
        await See(page, inspect, "/conversations", "Needs a person");
        await page.Locator("#views summary").ClickAsync();
        await inspect.Of(page, "inbox, lists");
        await See(page, inspect, "/conversations?view=all", "Everything");
        await See(page, inspect, "/conversations?view=mine", "Mine");
        await See(page, inspect, $"/conversations/{number}", "The grinder only hums");
        await page.Locator("[data-assign] summary").ClickAsync();
        await inspect.Of(page, "conversation, people");
        await page.Press("Escape");
        await page.Locator("details[id^=quote] summary").ClickAsync();
        await page.Locator(".tabs span", new() { HasText = "Note" }).ClickAsync();
        await inspect.Of(page, "conversation, note");
        if (width < 1200)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Customer" }).ClickAsync();
            await Expect(page.Locator("#customer")).ToBeVisibleAsync();
            await inspect.Of(page, "customer");
        }
        else
        {
            await page.TabTo(page.Locator(".scroll.from-end"), "Shift+Tab");
            await page.Press("?");
            await Expect(page.Locator("#keys")).ToBeVisibleAsync();
            await inspect.Of(page, "keys");
            await page.Press("Escape");
            await page.Locator("#me summary").ClickAsync();
            await inspect.Of(page, "me");
        }
    }

    private static async Task TheFiling(Journey journey, IPage page, Inspection inspect, long number)
    {
        await See(page, inspect, "/conversations?view=snoozed", "Later");
        await See(page, inspect, "/conversations?view=spam", "Spam");
        await See(page, inspect, "/conversations?tag=warranty", "Needs a person");
        foreach (var menu in new[] { "later", "more", "tag" })
        {
            await See(page, inspect, $"/conversations/{number}", "The grinder only hums");
            await page.Locator($"[data-{menu}] summary").ClickAsync();
            await page.EvaluateAsync("() => scrollTo(0, 0)");
            await inspect.Of(page, $"conversation, {menu}");
        }

        await See(page, inspect, "/settings/teams", "Teams and drivers");
        await page.Locator("[id^=change-team] summary").First.ClickAsync();
        await inspect.Of(page, "teams, one open");
        await page.Locator("[id^=change-team] input[name=zone]").First.FillAsync("Europe/Atlantis");
        journey.Expect("status of 422");
        await page.Locator("[id^=change-team] .team-form > p button").First.ClickAsync();
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "teams, refused");
    }

    private static async Task TheOutbox(Journey journey, IPage page, Inspection inspect)
    {
        await See(page, inspect, "/outbox", "Outbox");
        await page.Locator(".ledger-what a").First.ClickAsync();
        await Expect(page.Locator(".pairs")).ToBeVisibleAsync();
        await page.Locator("#raw summary").ClickAsync();
        await inspect.Of(page, "outbox, message");
        await journey.Server.Smtp(new TestMail { From = null, Subject = "Nobody wrote this" });
        await See(page, inspect, "/quarantine", "Messages that could not be read");
        await page.Locator(".ledger-what a").First.ClickAsync();
        await Expect(page.Locator("pre.raw")).ToBeVisibleAsync();
        await inspect.Of(page, "quarantine, message");
    }

    private static async Task TheSettings(Journey journey, IPage page, Inspection inspect)
    {
        await See(page, inspect, "/settings", "Settings");
        await page.GetByLabel("What it is for").FillAsync("the shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Expect(page.Locator(".once code")).ToBeVisibleAsync();
        await inspect.Of(page, "settings, a key");
        journey.Expect("status of 422");
        await page.Locator("#add-person summary").ClickAsync();
        var person = page.Locator("#add-person");
        await person.GetByLabel("Name").FillAsync("Tom");
        await person.GetByLabel("Mail address").FillAsync("tom@coffee.example");
        await person.GetByLabel("Password").FillAsync(Password);
        await person.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "settings, refused");
    }

    private static async Task TheCustomersPage(Journey journey, IPage page, Inspection inspect, Demo demo, long number)
    {
        await demo.Reply(demo.Priya, number, "The new one is on its way.", resolve: true);
        var path = $"/confidence/{await demo.Token(number)}";
        await See(page, inspect, path, "Lena");
        await Say("no", "no", "Thank you for telling us");
        await See(page, inspect, path, "Lena");
        await Say("yes", "yes", "Thank you");
        await See(page, inspect, path, "Lena");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a personal answer" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("A person will write to you");
        await inspect.Of(page, "confidence, a person");
        journey.Expect("status of 422");
        await page.GotoAsync(path);
        await page.Locator("#confidence").EvaluateAsync("form => { form.reset(); form.querySelectorAll('input').forEach(it => it.checked = false); form.noValidate = true; }");
        await page.Locator("#confidence button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await inspect.Of(page, "confidence, nothing chosen");

        async Task Say(string resolved, string again, string heading)
        {
            await page.Locator($"input[name=resolved][value={resolved}]").CheckAsync();
            await page.Locator($"input[name=again][value={again}]").CheckAsync();
            await page.Locator("#confidence button").ClickAsync();
            await Expect(page.Heading()).ToHaveTextAsync(heading);
            await inspect.Of(page, $"confidence, {heading}");
        }
    }

    private static async Task See(IPage page, Inspection inspect, string path, string heading)
    {
        await page.GotoAsync(path);
        await Expect(page.Heading()).ToContainTextAsync(heading);
        await inspect.Of(page, path);
    }

    private static async Task SeeRefused(Journey journey, IPage page, Inspection inspect, string path, string heading, int? status)
    {
        journey.Expect($"status of {status ?? 4}");
        await See(page, inspect, path, heading);
    }

    private static async Task FillSetup(IPage page, string password)
    {
        await page.GetByLabel("Your organisation").FillAsync(Demo.Organisation);
        await page.GetByLabel("Your name").FillAsync("Priya Nair");
        await page.GetByLabel("Mail address").FillAsync("priya@coffee.example");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the desk" }).ClickAsync();
    }

    internal static async Task SignIn(IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/conversations");
    }
}
