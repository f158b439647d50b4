namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>Where things are on the pages of the desk.</summary>
internal static class Desk
{
    public static ILocator Row(this IPage page, long number) => page.Locator($"#row-{number}");

    public static ILocator Entries(this IPage page) => page.Locator("ol.entries");

    public static ILocator Subject(this IPage page) => page.Locator("#talk-heading");

    public static ILocator Meta(this IPage page) => page.Locator(".talk-meta");

    public static ILocator Reply(this IPage page) => page.Locator("textarea[data-write=reply]");

    public static ILocator Note(this IPage page) => page.Locator("textarea[data-write=note]");

    public static ILocator Heading(this IPage page) => page.Locator("h1");

    public static ILocator Section(this IPage page, string name) => page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = name });

    /// <summary>Signs in somebody who has the password of these tests, and waits for the inbox.</summary>
    public static async Task SignIn(this IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Journey.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/conversations", new() { WaitUntil = WaitUntilState.Commit });
        await page.Heading().WaitForAsync();
    }

    /// <summary>Opens a conversation from its address.</summary>
    public static async Task Open(this IPage page, long number)
    {
        await page.GotoAsync($"/conversations/{number}");
        await Expect(page.Subject()).ToBeVisibleAsync();
    }

    /// <summary>From here on the page must not be loaded anew.</summary>
    public static Task MustStay(this IPage page) => page.EvaluateAsync("() => { window.stayed = true; }");

    public static async Task HasStayed(this IPage page) => Assert.True(await page.EvaluateAsync<bool>("() => window.stayed === true"), "The page was loaded anew.");
}
