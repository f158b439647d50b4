using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>Looks at every page for what shuts people out, and names all of it at the end.</summary>
internal sealed class Inspection
{
    private static readonly AxeRunOptions Everything = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
        Iframes = false,
    };

    // Nothing else differs between light and dark.
    private static readonly AxeRunOptions Colours = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
        Iframes = false,
    };

    private readonly List<string> _found = [];

    public async Task Of(IPage page, string what)
    {
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 0)
        {
            _found.Add($"{what}: scrolls sideways by {wide} pixels");
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Look(page, Everything, what);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Look(page, Colours, $"{what}, dark");
    }

    // What is on its way to another colour, place or light is looked at where it arrives.
    private const string Settle = """
        () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
          for (const animation of document.getAnimations()) if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
          requestAnimationFrame(done);
        })))
        """;

    private async Task Look(IPage page, AxeRunOptions rules, string what)
    {
        await page.EvaluateAsync(Settle);
        var result = await page.RunAxe(rules);
        if (Environment.GetEnvironmentVariable("HELIOTROPE_SCREENSHOTS") == "1")
        {
            var name = string.Concat($"{what}-{page.ViewportSize!.Width}".Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
            await page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Root, "artifacts", "pages", name + ".png") });
        }

        _found.AddRange(
            from violation in result.Violations
            from node in violation.Nodes
            let why = string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))
            where !why.Contains("aria-busy", StringComparison.Ordinal) // Turbo's mark on the document while a page is on its way
            where !why.Contains("partially obscured", StringComparison.Ordinal) // an open menu covers what lies below it until it is closed
            select $"{what}: {violation.Id} at {node.Target}: {why}");
    }

    public void FoundNothing() => Assert.True(_found.Count == 0, string.Join('\n', _found.Distinct()));
}
