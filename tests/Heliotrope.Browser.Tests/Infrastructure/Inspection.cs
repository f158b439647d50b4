using System.Text.Json;
using Deque.AxeCore.Commons;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>Looks at pages for what shuts people out, and names all of it at the end.</summary>
/// <param name="dark">Whether to look at the dark colours, too. They are the same in every language.</param>
internal sealed class Inspection(bool dark = true)
{
    private static readonly string[] Everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    // Nothing else differs between light and dark.
    private static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    // Brought into each page once, and run where it is: the package for Playwright opens another page each time.
    private static readonly Lazy<string> Axe = new(() =>
    {
        using var script = new StreamReader(typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return script.ReadToEnd();
    });

    private const string Run = """
        async values => {
          const { violations } = await axe.run(document, { runOnly: { type: values[0].startsWith("wcag") ? "tag" : "rule", values }, resultTypes: ["violations"], iframes: false });
          return JSON.stringify(violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
            ({ rule: id, target: target.join(" "), why: [...any, ...all, ...none].map(check => check.message).join(" ") }))));
        }
        """;

    // What is on its way to another colour, place or light is looked at where it arrives, and nothing where it has half gone under the bar.
    private const string Settle = """
        () => new Promise(done => scrollTo(0, 0) || requestAnimationFrame(() => requestAnimationFrame(() => {
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

    private async Task Look(IPage page, string[] rules, string what)
    {
        await page.EvaluateAsync(Settle);
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe.Value);
        }

        var found = JsonSerializer.Deserialize<Finding[]>(await page.EvaluateAsync<string>(Run, rules), JsonSerializerOptions.Web)!;
        if (Environment.GetEnvironmentVariable("HELIOTROPE_SCREENSHOTS") == "1")
        {
            var name = string.Concat($"{what}-{page.ViewportSize!.Width}".Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
            await page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Root, "artifacts", "pages", name + ".png") });
        }

        foreach (var (rule, target, why) in found)
        {
            var busy = why.Contains("aria-busy", StringComparison.Ordinal); // Turbo's mark on the document while a page is on its way
            var covered = why.Contains("partially obscured", StringComparison.Ordinal) && await page.EvaluateAsync<bool>(IsBelowAMenu, target);
            if (!busy && !covered)
            {
                _found.Add($"{what}: {rule} at {target}: {why}");
            }
        }
    }

    public void FoundNothing() => Assert.True(_found.Count == 0, string.Join('\n', _found.Distinct()));

    private sealed record Finding(string Rule, string Target, string Why);
}
