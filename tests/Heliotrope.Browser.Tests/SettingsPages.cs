using Heliotrope.Browser.Tests.Infrastructure;
using static Heliotrope.Browser.Tests.Infrastructure.Demo;

namespace Heliotrope.Browser.Tests;

/// <summary>What an administrator sets, and the services that mail comes from.</summary>
public class SettingsPages(Chromium chromium) : IClassFixture<Chromium>
{
    internal static async Task Seen(Journey journey, IPage page, Inspection inspect, long number)
    {
        await inspect.See(page, "/settings", "Settings");
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
        await TheMailServices(journey, page, inspect);
        await TheProofOfSender(page, inspect);
        await TheBrands(journey, page, inspect, number);
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public Task A_mail_service_is_added_and_set_up_on_any_screen(int width, ColorScheme scheme) => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        var page = await journey.SignIn(width: width, scheme: scheme);
        await TheMailServices(journey, page, inspect);
        inspect.FoundNothing();
    }, $"A_mail_service_{width}_{scheme}");

    private static async Task TheMailServices(Journey journey, IPage page, Inspection inspect)
    {
        await inspect.See(page, "/settings/mail-services", "Mail services");
        await page.GetByLabel("Service", new() { Exact = true }).SelectOptionAsync("Postmark");
        await page.GetByLabel("Its name here").FillAsync("Mail to the shop and all its branches");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a service" }).ClickAsync();
        await Expect(page.Locator(".once code")).ToContainTextAsync("/intake/services/");
        await inspect.Of(page, "mail services, an address");
        using (var http = new HttpClient())
        {
            using var nothing = new StringContent("no mail");
            await http.PostAsync(new Uri((await page.Locator(".once code").TextContentAsync())!), nothing);
        }

        await inspect.See(page, "/settings/mail-services", "Mail services");
        await Expect(page.GetByText("0 taken, 1 refused")).ToBeVisibleAsync();
        await page.Locator("[id^=set-up] summary").ClickAsync();
        await inspect.Of(page, "mail services, how to set one up");
        journey.Expect("status of 422");
        await page.Locator("[id^=set-up] input[type=password]").FillAsync("no colon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep this" }).ClickAsync();
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "mail services, refused");
    }

    private static async Task TheProofOfSender(IPage page, Inspection inspect)
    {
        await inspect.See(page, "/settings/signing", "Proof of sender");
        await page.GetByLabel("Domain").FillAsync("coffee.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Expect(page.Locator(".signing-key code").First).ToContainTextAsync("_domainkey.coffee.example");
        await inspect.Of(page, "proof of sender, a key");
    }

    private static async Task TheBrands(Journey journey, IPage page, Inspection inspect, long number)
    {
        var our = (await journey.Server.Api.Conversation(number)).GetProperty("filing").Text("ourAddress");
        string[] addresses = [our, "orders@coffee.example"];
        foreach (var address in addresses)
        {
            (await journey.Server.Api.Post("/api/v1/settings/addresses", new { address })).Is(200);
        }

        await inspect.See(page, "/settings/brands", "Brands");
        var form = page.Locator("#add-brand");
        await form.GetByLabel("Name").FillAsync("Harbour Roasters and Grinders");
        await form.GetByLabel(our).CheckAsync();
        await form.GetByLabel("Signature").FillAsync("Kind regards\n{{agent.name}}, {{desk.name}}");
        await form.GetByLabel("Working hours").FillAsync("Mon-Sat 08:00-20:00");
        await form.Locator("summary", new() { HasText = "Own words" }).ClickAsync();
        await form.Locator("summary", new() { HasText = "English" }).ClickAsync();
        await form.Locator("textarea[name=confidence-en]").FillAsync("Is it done?");
        await inspect.Of(page, "brands, being written");
        journey.Expect("status of 422");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add the brand" }).ClickAsync();
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "brands, refused");
        await form.Locator("textarea[name=confidence-en]").FillAsync("Is it done? {{link}}");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add the brand" }).ClickAsync();
        await Expect(page.Locator("h2", new() { HasText = "Harbour Roasters and Grinders" })).ToBeVisibleAsync();
        await inspect.Of(page, "brands, one");
        await page.Locator("[id^=change-brand] > summary").ClickAsync();
        await inspect.Of(page, "brands, one open");

        await page.Open(number);
        await Expect(page.Locator(".talk-meta", new() { HasText = "Harbour Roasters and Grinders" })).ToBeVisibleAsync();
        await Expect(page.Locator(".writing-reply .signed")).ToBeVisibleAsync();
        await inspect.Of(page, "conversation of a brand");
        await inspect.See(page, "/conversations/new", "New conversation");
        await page.GetByLabel("From").SelectOptionAsync("orders@coffee.example");
        await inspect.Of(page, "new conversation, from");
        await inspect.See(page, "/macros/new", "New macro");
        await inspect.See(page, "/conversations?view=all&q=brand:none", "Everything");
        foreach (var address in addresses)
        {
            (await journey.Server.Api.Post("/api/v1/settings/addresses/remove", new { address })).Is(200);
        }
    }
}
