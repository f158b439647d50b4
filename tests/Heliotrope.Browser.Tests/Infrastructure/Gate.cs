using System.Text.RegularExpressions;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>Holds requests back until it is opened.</summary>
internal sealed class Gate
{
    /// <summary>Where news come from.</summary>
    public static readonly Regex News = new(@"/live(\?|$)");

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    public Task Reached => _reached.Task.WaitAsync(Patience.Token());

    public int Passed => _passed;

    public void Open() => _open.SetResult();

    public static Task<Gate> Before(IPage page, string address) => Before(page, new Regex(address));

    public static async Task<Gate> Before(IPage page, Regex address)
    {
        var gate = new Gate();
        await page.RouteAsync(address, async route =>
        {
            await gate.Pass();
            await route.ContinueAsync();
        });
        return gate;
    }

    /// <summary>Waits with a request until the gate is open.</summary>
    public Task Pass()
    {
        Interlocked.Increment(ref _passed);
        _reached.TrySetResult();
        return _open.Task;
    }
}
