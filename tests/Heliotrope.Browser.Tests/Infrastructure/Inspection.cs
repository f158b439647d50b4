using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>Looks at pages for what shuts people out, and names all of it at the end.</summary>
/// <param name="dark">Whether to look at the dark colours, too. They are the same in every language.</param>
internal sealed class Inspection(bool dark = true)
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

    // What is on its way to another colour, place or light is looked at where it arrives.
    private const string Settle = """
        () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
          for (const animation of document.getAnimations()) if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
          requestAnimationFrame(done);
        })))
        """;

    // What an open menu covers can be reached once it is closed.
    private const string IsBelowAMenu = """
        selector => {
          const it = document.querySelector(selector), menu = document.querySelector("details.menu[open] > .menu-body");
          if (!it || !menu || menu.contains(it)) return false;
          const [a, b] = [it.getBoundingClientRect(), menu.getBoundingClientRect()];
          return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        }
        """;

    private readonly List<string> _found = [];

    /// <summary>The addresses that were looked at, without what follows a question mark.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>Opens a page and looks at it.</summary>
    public async Task See(IPage page, string path, string heading)
    {
        await page.GotoAsync(path);
        await Expect(page.Heading()).ToContainTextAsync(heading);
        await Of(page, path);
    }

    public async Task Of(IPage page, string what)
    {
        Seen.Add(new Uri(page.Url).AbsolutePath);
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 0)
        {
            _found.Add($"{what}: scrolls sideways by {wide} pixels");
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Look(page, Everything, what);
        if (dark)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await Look(page, Colours, $"{what}, dark");
        }
    }

    private async Task Look(IPage page, AxeRunOptions rules, string what)
    {
        await page.EvaluateAsync(Settle);
        var result = await page.RunAxe(rules);
        if (Environment.GetEnvironmentVariable("HELIOTROPE_SCREENSHOTS") == "1")
        {
            var name = string.Concat($"{what}-{page.ViewportSize!.Width}".Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
            await page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Root, "artifacts", "pages", name + ".png") });
        }

        foreach (var (violation, node) in result.Violations.SelectMany(violation => violation.Nodes.Select(node => (violation, node))))
        {
            var why = string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message));
            var busy = why.Contains("aria-busy", StringComparison.Ordinal); // Turbo's mark on the document while a page is on its way
            var covered = why.Contains("partially obscured", StringComparison.Ordinal) && await page.EvaluateAsync<bool>(IsBelowAMenu, node.Target.ToString());
            if (!busy && !covered)
            {
                _found.Add($"{what}: {violation.Id} at {node.Target}: {why}");
            }
        }
    }

    public void FoundNothing() => Assert.True(_found.Count == 0, string.Join('\n', _found.Distinct()));
}
