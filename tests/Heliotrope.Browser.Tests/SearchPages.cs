using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The page of the search, as it is first opened, with what was found, while it completes, and when there is nothing.</summary>
internal static class SearchPages
{
    public static async Task Seen(IPage page, Inspection inspect)
    {
        await inspect.See(page, "/search", "Search");
        await inspect.See(page, "/search?q=grinder+is:opne", "Search");
        await Expect(page.Locator("mark").First).ToBeVisibleAsync();
        await page.Locator("#search-q").FillAsync("is:o");
        await Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await page.Press("ArrowDown");
        await inspect.Of(page, "search, suggestions");
        await page.Press("Escape");
        await page.Locator(".search-help summary").ClickAsync();
        await inspect.Of(page, "search, help");
        await inspect.See(page, "/search?q=unheardof", "Search");
    }
}
