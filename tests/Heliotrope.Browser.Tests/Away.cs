using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>What somebody sees who opens a page while the server cannot be reached.</summary>
public class Away(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_page_that_cannot_be_reached_is_a_page_of_ours_and_comes_back() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor(offline: true);
        await page.GotoAsync("/sign-in");
        await page.EvaluateAsync("() => caches.open('heliotrope-offline of an earlier build')");
        await journey.SignIn(page);
        await IsKept(page, "page=en-");

        // Another language is another page; what was kept before goes.
        await page.Locator("#me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await IsKept(page, "page=de-");
        await page.Locator("#me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await IsKept(page, "page=en-");

        // The network itself is off, as for a laptop on a train.
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/happiness");
        await Expect(page.Heading()).ToHaveTextAsync("The desk cannot be reached.");
        await Expect(page.Locator("body")).ToHaveCSSAsync("font-family", new System.Text.RegularExpressions.Regex("ui-"));
        var inspect = new Inspection();
        await inspect.Of(page, "away");
        inspect.FoundNothing();

        await page.Context.SetOfflineAsync(false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Happiness");
    });

    /// <summary>Waits until the page of this kind is the only one that the browser keeps.</summary>
    private static async Task IsKept(IPage page, string kind) =>
        await page.WaitForFunctionAsync("async kind => { const kept = await caches.keys(); return kept.length === 1 && kept[0].includes(kind); }", kind);
}
