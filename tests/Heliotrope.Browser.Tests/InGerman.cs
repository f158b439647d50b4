using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>German is a third longer: no page breaks by it, and whoever chose it keeps it.</summary>
public class InGerman(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public Task Every_page_holds_its_longer_words(int width) => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection(dark: false);
        var demo = await Demo.At(journey.Server);
        var number = demo.Number;
        var page = await journey.NewVisitor(width);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await inspect.See(page, "/sign-in", "Am Schreibtisch anmelden");
        await page.GetByLabel("E-Mail-Adresse").FillAsync("priya@coffee.example");
        await page.GetByLabel("Passwort").FillAsync(Demo.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Anmelden" }).ClickAsync();
        await page.WaitForURLAsync("**/conversations");

        await inspect.See(page, "/conversations", "Braucht einen Menschen");
        await page.Locator("#views summary").ClickAsync();
        await inspect.Of(page, "german, lists");
        await inspect.See(page, $"/conversations/{number}", "The grinder only hums");
        if (width > 360) // on a small one the page follows what is written, and the tools go under the bar
        {
            await page.Locator("[data-assign] summary").ClickAsync();
            await inspect.Of(page, "german, people");
            await page.Press("Escape");
            await page.Locator(".tabs span", new() { HasText = "Notiz" }).ClickAsync();
            await inspect.Of(page, "german, note");
        }

        await page.Open(number);
        await page.Reply().FillAsync("Dear {{first_name}}, as I already said, it is a weak switch. I will call you tomorrow at 11:00. We will let you know.");
        await Expect(page.Locator(".advice.refuses")).ToBeVisibleAsync();
        await inspect.Of(page, "german, coach");
        await page.Reply().FillAsync("");
        await inspect.See(page, "/coach/silences", "Unerwünschte Hinweise");
        await inspect.See(page, "/happiness", "Zufriedenheit");
        await inspect.See(page, "/outbox", "Postausgang");
        await inspect.See(page, "/quarantine", "Nachrichten, die nicht lesbar waren");
        await inspect.See(page, "/settings", "Einstellungen");
        await demo.Files(number);
        await inspect.See(page, "/settings/teams", "Gruppen und Gründe");
        await page.Locator("[id^=change-team] summary").First.ClickAsync();
        await inspect.Of(page, "german, teams");
        await inspect.See(page, "/conversations?tag=warranty", "Braucht einen Menschen");
        foreach (var menu in new[] { "later", "more", "tag" })
        {
            await inspect.See(page, $"/conversations/{number}", "The grinder only hums");
            await page.Locator($"[data-{menu}] summary").ClickAsync();
            await inspect.Of(page, $"german, {menu}");
        }

        await inspect.See(page, "/settings", "Einstellungen");
        await page.Locator("#add-person summary").ClickAsync();
        await inspect.Of(page, "german, somebody new");
        await page.Locator("#me summary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" })).ToHaveAttributeAsync("aria-pressed", "true");
        await inspect.Of(page, "german, me");
        journey.Expect("status of 404");
        await inspect.See(page, "/nowhere", "An dieser Adresse ist nichts.");
        inspect.FoundNothing();
    }, $"In_German_{width}", Demo.BusyWeeks);

    [Fact]
    public Task What_comes_in_by_itself_is_in_the_same_language_and_the_way_back_is_in_the_menu() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.Locator("#me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(page.Heading()).ToContainTextAsync("Braucht einen Menschen");

        await journey.Receive(new TestMail { Subject = "Eine Frage" });
        await Expect(page.Locator(".rows > li")).ToHaveCountAsync(1);
        await Expect(page.Locator(".rows > li")).ToContainTextAsync("Noch ohne Antwort");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");

        await page.Locator("#me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync("Needs a person");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    });
}
