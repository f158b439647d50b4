using System.Text.RegularExpressions;
using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;
using Heliotrope.Server.People;
using Heliotrope.Server.Promises;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Heliotrope.Browser.Tests.Infrastructure.Demo;

namespace Heliotrope.Browser.Tests;

public class EveryPageOnAPhone(Chromium chromium) : EveryPage(chromium, 360);

public class EveryPageOnALargeScreen(Chromium chromium) : EveryPage(chromium, 1440);

/// <summary>Every page, light and dark: nothing that shuts somebody out, and nothing to scroll sideways.</summary>
public abstract class EveryPage(Chromium chromium, int width) : IClassFixture<Chromium>
{
    [Fact]
    public Task Is_open_to_everybody_before_the_first_mail() => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        var page = await journey.NewVisitor(width);
        var setup = (await journey.Server.SetupPath())!;
        await inspect.See(page, setup, "Welcome to your desk.");
        journey.Expect("status of 422");
        await FillSetup(page, password: "passwordpassword");
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "setup, refused");
        await FillSetup(page, Password);
        await inspect.See(page, "/conversations", "Needs a person");
        await Expect(page.Locator(".button.primary")).ToHaveCountAsync(1); // one clear thing to do
        await inspect.See(page, "/outbox", "Outbox");
        await inspect.See(page, "/articles", "Articles");
        await inspect.See(page, "/quarantine", "Messages that could not be read");
        await inspect.See(page, "/happiness", "Happiness");
        await inspect.See(page, "/customers", "Customers");
        await inspect.See(page, "/organisations", "Organisations");
        await inspect.See(page, "/settings", "Settings");
        await inspect.See(page, "/settings/teams", "Teams and drivers");
        await inspect.See(page, "/settings/brands", "Brands");
        await inspect.See(page, "/api", "The API of Heliotrope");
        await SeeRefused(journey, page, inspect, "/nowhere", "There is nothing at this address.", 404);
        await SeeRefused(journey, page, inspect, "/conversations/77", "There is nothing at this address.", 404);
        await SeeRefused(journey, page, inspect, setup, "This desk is set up.", null);
        await SeeRefused(journey, page, inspect, "/confidence/unknown", "This link does not work", 404);
        await SeeRefused(journey, page, inspect, "/person/unknown", "This link does not work", 404);
        await inspect.See(page, "/rules", "Rules");
        await inspect.See(page, "/offline", "The desk cannot be reached.");

        var stranger = await journey.NewVisitor(width);
        await inspect.See(stranger, "/sign-in", "Sign in to the desk");
        journey.Expect("status of 422");
        await stranger.GetByLabel("Mail address").FillAsync("nobody@coffee.example");
        await stranger.GetByLabel("Password").FillAsync("not the password");
        await stranger.Press("Enter");
        await Expect(stranger.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await inspect.Of(stranger, "sign-in, refused");
        await journey.Server.AddUser("tom@coffee.example", "Tom Weaver", Role.Agent, Password);
        await stranger.SignIn("tom@coffee.example");
        await SeeRefused(journey, stranger, inspect, "/settings", "This is not open to you.", 403);
        inspect.FoundNothing();
    }, $"Before_the_first_mail_{width}");

    [Fact]
    public Task Is_open_to_everybody_on_a_busy_day() => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        var demo = await Demo.At(journey.Server);
        var number = demo.Number;
        var page = await journey.NewVisitor(width);
        await page.SignIn("priya@coffee.example");
        await inspect.See(page, "/happiness", "Happiness");
        await Expect(page.Locator("rect.bar").First).ToBeVisibleAsync();
        await demo.Files(number);
        await inspect.See(page, "/happiness?by=driver", "Happiness");
        await page.Locator(".filters summary").First.ClickAsync();
        await inspect.Of(page, "happiness, teams");
        await TheDesk(page, inspect, number);
        await TheViews(page, inspect);
        await TheWriting(journey, page, inspect, number);
        await TheCoach(page, inspect, number);
        await ThePromises(journey, demo, page, inspect, number);
        await TheArticles(page, inspect);
        await SearchPages.Seen(page, inspect);
        await RulePages.Seen(journey, page, inspect);
        await MacroPages.Seen(journey, page, inspect, number);
        await ColleaguePages.Seen(journey, page, inspect, number);
        await TheFiling(journey, page, inspect, number);
        await WholePages.See(journey, page, inspect, number);
        await TheNotifications(journey, page, inspect, number);
        await TheOutbox(journey, page, inspect);
        await SettingsPages.Seen(journey, page, inspect, number);
        await MovingIn.Seen(page, inspect);
        await ThePeople.See(journey, page, inspect);
        await TheCustomersPage(journey, page, inspect, demo, number);
        await MailboxPages.Seen(journey, page, inspect); // the last: from then on every page says that it has stopped
        inspect.FoundNothing();
        Assert.All(PagesOf(journey.Server), pattern => Assert.Contains(inspect.Seen, path => Regex.IsMatch(path, pattern)));
    }, $"On_a_busy_day_{width}", Demo.BusyWeeks);

    [Fact]
    public Task Is_open_to_everybody_while_there_is_little_to_count() => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        await Demo.At(journey.Server);
        var page = await journey.NewVisitor(width);
        await page.SignIn("priya@coffee.example");
        await inspect.See(page, "/happiness", "Happiness");
        await Expect(page.Locator(".dot-list")).ToBeVisibleAsync();
        inspect.FoundNothing();
    }, $"Little_to_count_{width}", Demo.Morning);

    /// <summary>The pages of the desk, as patterns: all that is read there but for what is no page.</summary>
    private static IEnumerable<string> PagesOf(TestServer server) =>
        from route in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is Policies.Desk or Policies.DeskAdmin)
        where route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") is true
        let path = route.RoutePattern.RawText!.TrimEnd('/')
        where path.Length > 0 && !Regex.IsMatch(path, @"^/live$|^/uploads/|/html$|/raw$|/text$|\.csv$|/attachments/|/choices$|/fill$|^/articles/insert$|^/search/(found|suggestions)$|^/views/menu$|^/palette$|^/notifications/bell$")
        select $"^{Regex.Replace(path, @"\{[^}]+\}", "[^/]+")}/?$";

    private async Task TheDesk(IPage page, Inspection inspect, long number)
    {
        await inspect.See(page, "/conversations", "Needs a person");
        await page.Locator("#views summary").ClickAsync();
        await inspect.Of(page, "inbox, lists");
        await inspect.See(page, "/conversations?view=all", "Everything");
        await inspect.See(page, "/conversations?view=mine", "Mine");
        await inspect.See(page, $"/conversations/{number}", "The grinder only hums");
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

    private static async Task TheViews(IPage page, Inspection inspect)
    {
        await inspect.See(page, "/views", "Views");
        await inspect.See(page, "/views/new?q=is%3Aopen%20feeling%3Abad%20-team%3ANobody%20flavour%3Amint&name=Sad", "New view");
        await page.Locator("#field-is > summary").ClickAsync();
        await inspect.Of(page, "new view, choices");
        await page.Press("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the view" }).ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync("Sad");
        await inspect.Of(page, "a view with problems");
        await page.Locator("#views > summary").ClickAsync();
        await Expect(page.Locator("#saved-views .num").First).ToBeVisibleAsync();
        await inspect.Of(page, "the menu with views");
        await inspect.See(page, "/views", "Views");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change Sad" }).ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync("Change the view");
        await inspect.See(page, new Uri(page.Url).PathAndQuery, "Change the view");
        await page.GotoAsync("/views");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Sad" }).ClickAsync();
        await inspect.Of(page, "a view was removed");

        await inspect.See(page, "/conversations?view=all&choose=yes", "Everything");
        await page.Locator("input[data-choose]").First.CheckAsync();
        await inspect.Of(page, "chosen");
        await inspect.See(page, "/bulk?list=%2Fconversations%3Fview%3Dall&of=all&act=resolve&act=tag%3Arecall", "Change");
        await page.Locator("#do-later > summary").ClickAsync();
        await inspect.Of(page, "many, choices");
        await page.Press("Escape");
        await page.GotoAsync("/bulk?list=%2Fconversations%3Fview%3Dall&of=all&act=tag%3Arecall");
        await page.Locator("[data-bulk-do]").ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Done");
        await inspect.See(page, new Uri(page.Url).AbsolutePath, "Done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take all of it back" }).ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync("Everything");
    }

    private static async Task TheWriting(Journey journey, IPage page, Inspection inspect, long number)
    {
        await journey.UndoFor(600);
        await inspect.See(page, "/conversations/new", "New conversation");
        journey.Expect("status of 422");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("not an address");
        await page.GetByLabel("Subject").FillAsync("Your order");
        await page.GetByLabel("Your words").FillAsync("It leaves today.");
        await page.Locator("[data-send]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await inspect.Of(page, "new conversation, refused");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("new@client.example");
        await page.Locator("[data-send]").ClickAsync();
        await Expect(page.Locator(".entry-leaving")).ToBeVisibleAsync();
        await inspect.Of(page, "new conversation, leaving");

        await page.Open(number);
        await page.Locator("[data-choose]").First.SetInputFilesAsync(new FilePayload { Name = "manual.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() });
        await Expect(page.Locator(".composer-files li")).ToBeVisibleAsync();
        await page.Reply().FillAsync("Please hold the switch.");
        await inspect.Of(page, "conversation, a file");
        await page.Locator(".copies summary").First.ClickAsync();
        await inspect.Of(page, "conversation, copies");
        await page.Locator("[data-send]").First.ClickAsync();
        await Expect(page.Locator(".entry-leaving")).ToBeVisibleAsync();
        await inspect.Of(page, "conversation, leaving");
        await page.Locator("form[data-undo] button").ClickAsync();
        await Expect(page.Reply()).ToHaveValueAsync("Please hold the switch.");
        await journey.UndoFor(0);
    }

    private static async Task TheCoach(IPage page, Inspection inspect, long number)
    {
        await page.Open(number);
        await page.Reply().FillAsync("Dear {{first_name}}, as I already said, it is a weak switch. I will call you tomorrow at 11:00.");
        await Expect(page.Locator(".advice.refuses")).ToBeVisibleAsync();
        await page.Press("Alt+j");
        await inspect.Of(page, "conversation, coach");
        await page.GetByRole(AriaRole.Button, new() { Name = "Promise it" }).ClickAsync();
        await Expect(page.Locator(".advice.taken")).ToBeVisibleAsync();
        await inspect.Of(page, "conversation, promised");
        await Expect(page.Locator("[data-kept]").First).ToHaveTextAsync("Draft kept"); // or it is not there to be coached when the page is opened again
        await inspect.See(page, "/coach/silences", "Remarks you do not want");
        await page.RunAndWaitForResponseAsync(() => page.Open(number), answer => answer.Url.EndsWith("/coach", StringComparison.Ordinal)); // what it says moves what stands below
        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Not here" }).First.ClickAsync(), answer => answer.Url.EndsWith("/not-here", StringComparison.Ordinal));
        await inspect.See(page, "/coach/silences", "Remarks you do not want");
        await Expect(page.Locator(".ledger > li")).ToHaveCountAsync(1);
        await page.Open(number);
        await page.Reply().FillAsync("");
    }

    private static async Task ThePromises(Journey journey, Demo demo, IPage page, Inspection inspect, long number)
    {
        await inspect.See(page, "/day", "Your day");
        foreach (var (text, days) in new[] { ("We call you before we open the grinder.", 2), ("The spare part leaves our workshop.", 9) })
        {
            Assert.Null(await journey.Server.Services.GetRequiredService<MakePromise>().Run(demo.Priya, number, new(text, Day(journey, days)), CancellationToken.None));
        }

        await page.Open(number);
        await Expect(page.Locator(".promise-row")).ToHaveCountAsync(2);
        await inspect.Of(page, "conversation, promises");
        await page.Locator(".promise-row .menu summary").First.ClickAsync();
        await inspect.Of(page, "conversation, another time");
        await page.Locator(".promise-row").First.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(page.Locator(".promise-row")).ToHaveCountAsync(1);
        await page.Locator(".fold summary", new() { HasTextString = "One promise has ended" }).ClickAsync();
        await inspect.Of(page, "conversation, a promise kept");
        await inspect.See(page, "/day", "Your day");
        await inspect.See(page, $"/day/{demo.Priya.Id}", "Your day");
        await inspect.See(page, "/promises?state=kept", "Promises");
        await inspect.See(page, "/promises?state=broken", "Promises");
        await inspect.See(page, $"/conversations/{number}/reading", "What was understood");
    }

    private static string Day(Journey journey, int ahead) =>
        journey.Server.Clock.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task TheArticles(IPage page, Inspection inspect)
    {
        await inspect.See(page, "/articles/new", "Write an article");
        await page.GetByLabel("Title").FillAsync("How do I return a cup?");
        await page.GetByLabel("Text").FillAsync("Pack it well.\n\n- in paper\n- in a box");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the article" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("How do I return a cup?");
        await inspect.Of(page, "article");
        await page.Locator("#remove-article summary").ClickAsync();
        await inspect.Of(page, "article, remove");
        await inspect.See(page, new Uri(page.Url).AbsolutePath + "/edit", "Change the article");
        await inspect.See(page, "/articles", "Articles");
        await page.GetByLabel("Words in it").FillAsync("nothing like this");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await inspect.Of(page, "articles, none found");
    }

    private static async Task TheFiling(Journey journey, IPage page, Inspection inspect, long number)
    {
        await inspect.See(page, "/conversations?view=snoozed", "Later");
        await inspect.See(page, "/conversations?view=spam", "Spam");
        await inspect.See(page, "/conversations?tag=warranty", "Needs a person");
        foreach (var menu in new[] { "later", "more", "tag" })
        {
            await inspect.See(page, $"/conversations/{number}", "The grinder only hums");
            await page.Locator($"[data-{menu}] summary").ClickAsync();
            await inspect.Of(page, $"conversation, {menu}");
        }

        await inspect.See(page, "/settings/teams", "Teams and drivers");
        await page.Locator("[id^=change-team] summary").First.ClickAsync();
        await inspect.Of(page, "teams, one open");
        await page.Locator("[id^=change-team] input[name=zone]").First.FillAsync("Europe/Atlantis");
        journey.Expect("status of 422");
        await page.Locator("[id^=change-team] .team-form > p button").First.ClickAsync();
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "teams, refused");
    }

    private static async Task TheNotifications(Journey journey, IPage page, Inspection inspect, long number)
    {
        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = "" })).Is(200);
        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = "priya@coffee.example" })).Is(200);
        await inspect.See(page, "/notifications", "Notifications");
        await Expect(page.Locator(".told > li")).Not.ToHaveCountAsync(0);
        await inspect.See(page, "/me", "You");
        await inspect.See(page, "/coach/remarks/salt", "");
        await page.Open(number);
        await page.Locator("[data-command=palette]:visible").First.ClickAsync();
        await Expect(page.Locator("#palette [role=option]").First).ToBeVisibleAsync();
        await inspect.Of(page, "palette");
        await page.Locator("#palette-input").FillAsync("assign");
        await page.Press("Enter");
        await inspect.Of(page, "palette, a value");
        await page.Press("Escape");
    }

    private static async Task TheOutbox(Journey journey, IPage page, Inspection inspect)
    {
        await inspect.See(page, "/outbox", "Outbox");
        await page.Locator(".ledger-what a").First.ClickAsync();
        await Expect(page.Locator(".pairs")).ToBeVisibleAsync();
        await page.Locator("#raw summary").ClickAsync();
        await inspect.Of(page, "outbox, message");
        await journey.Server.Smtp(new TestMail { From = null, Subject = "Nobody wrote this" });
        await inspect.See(page, "/quarantine", "Messages that could not be read");
        await page.Locator(".ledger-what a").First.ClickAsync();
        await Expect(page.Locator("pre.raw")).ToBeVisibleAsync();
        await inspect.Of(page, "quarantine, message");
    }

    private static async Task TheCustomersPage(Journey journey, IPage page, Inspection inspect, Demo demo, long number)
    {
        await demo.Reply(demo.Priya, number, "The new one is on its way.", resolve: true);
        var path = $"/confidence/{await demo.Token(number)}";
        await inspect.See(page, path, "Lena");
        await Say("no", "no", "Thank you for telling us");
        await inspect.See(page, path, "Lena");
        await Say("yes", "yes", "Thank you");
        await inspect.See(page, path, "Lena");
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

    private static async Task SeeRefused(Journey journey, IPage page, Inspection inspect, string path, string heading, int? status)
    {
        journey.Expect($"status of {status ?? 4}");
        await inspect.See(page, path, heading);
    }

    private static async Task FillSetup(IPage page, string password)
    {
        await page.GetByLabel("Your organisation").FillAsync(Demo.Organisation);
        await page.GetByLabel("Your name").FillAsync("Priya Nair");
        await page.GetByLabel("Mail address").FillAsync("priya@coffee.example");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the desk" }).ClickAsync();
    }
}
