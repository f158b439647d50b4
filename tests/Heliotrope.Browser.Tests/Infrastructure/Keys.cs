namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>What hands on a keyboard do.</summary>
internal static class Keys
{
    public static Task Press(this IPage page, string key) => page.Keyboard.PressAsync(key);

    public static Task Type(this IPage page, string words) => page.Keyboard.TypeAsync(words);

    /// <summary>Presses Tab until the element has the focus.</summary>
    public static async Task TabTo(this IPage page, ILocator element, string key = "Tab")
    {
        await Expect(element).ToBeVisibleAsync();
        for (var i = 0; i < 60; i++)
        {
            if (await element.EvaluateAsync<bool>("it => it === document.activeElement"))
            {
                return;
            }

            await page.Press(key);
        }

        Assert.Fail($"Sixty times {key} does not reach {element}.");
    }

    /// <summary>The words are written where the focus is, once it is there.</summary>
    public static async Task Write(this IPage page, ILocator field, string words)
    {
        await Expect(field).ToBeFocusedAsync();
        await page.Type(words);
        await Expect(field).ToHaveValueAsync(words);
    }
}
