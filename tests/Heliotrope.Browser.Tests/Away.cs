using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>What somebody sees who opens a page while the server cannot be reached.</summary>
[Collection(InTheBrowser.Name)]
public class Away(Chromium chromium)
{
    [Fact]
    public Task A_page_that_cannot_be_reached_is_a_page_of_ours_and_comes_back() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor(offline: true);
        await journey.SignIn(page);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(it => it.active.state === 'activated' || new Promise(done => it.active.onstatechange = done))");

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
}
