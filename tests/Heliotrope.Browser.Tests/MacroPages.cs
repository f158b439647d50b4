using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The pages of the macros and the composer's menus, as everybody must be able to use them.</summary>
internal static class MacroPages
{
    public static async Task Seen(Journey journey, IPage page, Inspection inspect, long number)
    {
        await inspect.See(page, "/macros", "Macros");
        await inspect.See(page, "/macros/new", "New macro");
        await page.GetByLabel("Name").FillAsync("Refund begun");
        await page.Locator("#macro-text").FillAsync("Hello {{customer.first_name | there}}, by {{promise.due}}.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Refund begun" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Refund begun" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Change macro");
        await inspect.See(page, new Uri(page.Url).AbsolutePath, "Change macro");

        await page.Open(number);
        await page.Locator(".tabs span", new() { HasText = "Forward" }).ClickAsync();
        await inspect.Of(page, "conversation, forward");
        await page.Locator(".tabs span", new() { HasText = "Reply" }).ClickAsync();
        await page.Locator("[data-send-later] summary").ClickAsync();
        await inspect.Of(page, "conversation, send later");
        await page.Press("Escape");
        await page.Locator("details[data-macro] summary").ClickAsync();
        await inspect.Of(page, "conversation, macros");
        await page.Locator("[data-macro-id]", new() { HasText = "Refund begun" }).ClickAsync();
        await Expect(page.Locator("[data-filled]")).ToBeVisibleAsync();
        await inspect.Of(page, "conversation, macro put in");
        await page.Locator(".writing-reply [data-preview-toggle]").ClickAsync();
        await Expect(page.Locator(".writing-reply [data-preview]")).ToBeVisibleAsync();
        await inspect.Of(page, "conversation, preview");
        await page.Locator(".writing-reply [data-preview-toggle]").ClickAsync();
        await page.Reply().FillAsync("");
        await page.Locator("[data-macro-drop]").ClickAsync();
        await PlayPages.Seen(journey, page, inspect, number);
        await FigurePages.Seen(journey, page, inspect);
    }
}
