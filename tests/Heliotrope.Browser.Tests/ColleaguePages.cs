using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;

namespace Heliotrope.Browser.Tests;

/// <summary>Who works here and who changed what, as everybody must be able to use it; and a conversation as somebody sees it who only reads.</summary>
internal static class ColleaguePages
{
    public static async Task Seen(Journey journey, IPage page, Inspection inspect, long number)
    {
        await LifeEventPages.Seen(journey, page, inspect);
        await inspect.See(page, "/people", "Colleagues");
        await page.Locator(".ledger.people .ledger-what a").First.ClickAsync();
        await Expect(page.Locator("#hand-heading")).ToBeVisibleAsync();
        await inspect.Of(page, "a colleague");
        await inspect.See(page, "/settings/audit", "Who changed what");

        await journey.Server.AddUser("reads@coffee.example", "Lia Reads", Role.Light, Journey.Password);
        var reader = await journey.NewVisitor(page.ViewportSize!.Width);
        await reader.SignIn("reads@coffee.example");
        await reader.Open(number);
        await Expect(reader.Locator("[data-write=reply]")).ToHaveCountAsync(0);
        await Expect(reader.Locator("[data-write=note]")).ToBeVisibleAsync();
        await inspect.Of(reader, "conversation, of somebody who only reads");
    }
}
