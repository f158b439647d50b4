using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The pages about customers, as every page is looked at.</summary>
internal static class ThePeople
{
    public static async Task See(Journey journey, IPage page, Inspection inspect)
    {
        await inspect.See(page, "/settings/fields", "Own fields");
        await page.GetByLabel("What it is called").FillAsync("Plan");
        await page.GetByLabel("What it holds").SelectOptionAsync("Choice");
        await page.GetByLabel("Words to choose from").FillAsync("Free\nPro");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the field" }).ClickAsync();
        await page.Locator("details[id^=field-] summary").First.ClickAsync();
        await inspect.Of(page, "own fields, one open");

        await inspect.See(page, "/organisations", "Organisations");
        await page.Locator("#add-organisation summary").ClickAsync();
        journey.Expect("status of 422");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Babbage & Co");
        await page.GetByLabel("Domains").FillAsync("gmail.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Expect(page.Locator(".wrong")).ToBeVisibleAsync();
        await inspect.Of(page, "organisations, refused");
        await page.GetByLabel("Domains").FillAsync("client.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Babbage & Co");
        await inspect.Of(page, "organisation");
        await inspect.See(page, new Uri(page.Url).AbsolutePath, "Babbage & Co");

        await inspect.See(page, "/customers/new", "Add somebody");
        await inspect.See(page, "/customers?q=nobody-at-all", "Customers");
        await inspect.See(page, "/customers", "Customers");
        await page.Locator(".ledger-what a").First.ClickAsync();
        await Expect(page.Locator(".profile")).ToBeVisibleAsync();
        await page.Locator("#change-customer > summary").ClickAsync();
        await page.Locator("#life-table summary").ClickAsync();
        await inspect.Of(page, "customer, changing");
        await inspect.See(page, new Uri(page.Url).AbsolutePath, await page.Heading().InnerTextAsync());
    }
}
