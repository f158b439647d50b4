using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The pages that the guide shows, as they are. With HELIOTROPE_SCREENSHOTS=1 their pictures are made anew.</summary>
[Collection(InTheBrowser.Name)]
public class Pictures(Chromium chromium)
{
    [Fact]
    public Task The_pages_of_the_guide_show_a_desk_at_work() => Journey.Walk(chromium, async journey =>
    {
        var demo = await Demo.On(journey.Server);
        await demo.PastWeeks(8, 9);
        var number = await demo.Arrives();

        var page = await journey.NewVisitor();
        await EveryPage.SignIn(page, "priya@coffee.example");
        await page.Open(number);
        await Expect(page.Locator(".rows > li")).ToHaveCountAsync(7);
        await Expect(page.Locator(".rows > li").First).ToContainTextAsync("Told us it is not resolved");
        await Expect(page.Entries().Locator(".entry-theirs")).ToHaveCountAsync(2);
        await Expect(page.Entries().Locator(".entry-ours")).ToHaveCountAsync(1);
        await Expect(page.Entries().Locator(".entry-note")).ToHaveCountAsync(1);
        await Expect(page.Entries().GetByText("I have friends over on Sunday.")).ToBeInViewportAsync();
        await Picture(page, "desk");

        await page.GotoAsync("/happiness");
        await Expect(page.Locator(".times .stroke").First).ToBeAttachedAsync();
        await Expect(page.Locator(".figure-says").First).ToContainTextAsync("told us themselves");
        await Picture(page, "happiness");

        var small = await journey.NewVisitor(360, 740, ColorScheme.Dark);
        await EveryPage.SignIn(small, "priya@coffee.example");
        await Expect(small.Locator(".rows > li").First).ToBeInViewportAsync();
        await Expect(small.Section("Outbox")).ToBeInViewportAsync();
        await Picture(small, "desk-360");

        await demo.Reply(demo.Priya, number, "The new switch is on its way, and a courier brings it on Friday.", resolve: true);
        var customer = await journey.NewVisitor(900, 1000, scripts: false);
        await customer.GotoAsync(await journey.ConfidenceLink(number));
        await Expect(customer.Heading()).ToHaveTextAsync("Lena Fischer, how did it go?");
        await Expect(customer.GetByRole(AriaRole.Button, new() { Name = "Ask for a personal answer" })).ToBeInViewportAsync();
        await Picture(customer, "confidence");
    });

    private static async Task Picture(IPage page, string name)
    {
        await Expect(page.Locator("html:not([aria-busy])")).ToBeAttachedAsync();
        if (Environment.GetEnvironmentVariable("HELIOTROPE_SCREENSHOTS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Root, "docs", "guide", name + ".png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        }
    }
}
