// Each journey has a server and windows of its own. More than two at once would only wait for each other.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>
/// One browser for all tests: whatever a journey leaves behind goes with its own windows. It is Debian's Chromium without a window of its own to draw, which
/// takes a quarter less of the processor.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly SemaphoreSlim Turn = new(1);
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds / 2);
        await Turn.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            if (_browser is not { IsConnected: true })
            {
                _browser = await Launch(_playwright);
            }

            Browser = _browser;
        }
        finally
        {
            Turn.Release();
        }
    }

    // It ends with the process that began it.
    public Task DisposeAsync() => Task.CompletedTask;

    private static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium-headless-shell",
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ],
    });
}
