using System.Net;
using Microsoft.Playwright;

namespace Heliotrope.Bench;

/// <summary>A real browser: Chromium, as people have it in front of them.</summary>
public sealed class Screen : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Screen(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Screen> Start()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser);
    }

    /// <summary>A window with an empty cache in which somebody is signed in already.</summary>
    public async Task<IPage> Open(HeliotropeProcess server, IEnumerable<System.Net.Cookie> cookies)
    {
        var context = await _browser.NewContextAsync(new() { BaseURL = server.Url.ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "en-GB" });
        await context.AddCookiesAsync(cookies.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Domain = IPAddress.Loopback.ToString(), Path = "/" }));
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
