using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Browser.Tests;

/// <summary>The pages that the guide shows, as they are. With HELIOTROPE_SCREENSHOTS=1 their pictures are made anew.</summary>
public class Pictures(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task The_pages_of_the_guide_show_a_desk_at_work() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn("Ada Park");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look around with a demo company" }).ClickAsync();
        await Expect(page.Locator(".bar .demo-chip")).ToHaveTextAsync("Demo: not complete yet");
        await journey.Server.Until(() => journey.Server.Store.Read(db => DemoStates.Of(db, journey.Server.Clock.GetUtcNow())), state => state is DemoState.Loaded);
        await Expect(page.Locator(".bar .demo-chip")).ToHaveTextAsync("Demo: invented people");

        await page.GotoAsync("/conversations");
        await Expect(page.Locator(".rows > li").First).ToContainTextAsync("Marta Lindqvist");
        await page.Locator(".rows > li a").First.ClickAsync();
        await Expect(page.Subject()).ToHaveTextAsync("The little one, a third time");
        await Expect(page.Entries().GetByText("It is the bean")).ToBeInViewportAsync();
        await Expect(page.Locator("#customer")).ToContainTextAsync("honestly I am just tired");
        await Picture(page, "desk");

        await page.GotoAsync("/happiness");
        await Expect(page.Locator(".times .stroke").First).ToBeAttachedAsync();
        await Expect(page.Locator(".figure-says").First).ToContainTextAsync("told us themselves");
        await Picture(page, "happiness");

        var small = await journey.NewVisitor(360, 740, ColorScheme.Dark);
        await small.Context.AddCookiesAsync((await page.Context.CookiesAsync()).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = journey.Server.Url.ToString() }));
        await small.GotoAsync("/conversations");
        await Expect(small.Locator(".rows > li").First).ToBeInViewportAsync();
        await Expect(small.Section("Outbox")).ToBeInViewportAsync();
        await Picture(small, "desk-360");

        var lena = await journey.Server.Store.Read(db => db.Conversations.Where(c => c.Subject == "The lid does not close any more").Select(c => c.Number).SingleAsync());
        await page.Open(lena);
        await Expect(page.Entries().Locator(".entry-theirs img").First).ToBeVisibleAsync();
        await page.Reply().FillAsync("Dear Lena,\n\nit is not your fault alone: the old hooks did not like hot water, and the new ones do. One is on its way.");
        await Expect(page.Locator("[data-kept]").First).ToHaveTextAsync("Draft kept");
        await Picture(page, "writing");

        (await journey.Server.Api.Post($"/api/v1/conversations/{lena}/replies", new { text = "A new lid is on its way, and it does not mind the dishwasher.", resolve = true })).Is(200);
        var customer = await journey.NewVisitor(900, 1000, scripts: false);
        await customer.GotoAsync(await journey.ConfidenceLink(lena));
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
