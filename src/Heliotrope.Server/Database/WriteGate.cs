namespace Heliotrope.Server.Database;

/// <summary>
/// One writer at a time within this process. SQLite has one writer anyway; waiting here instead of in its busy loop
/// is faster and never ends in SQLITE_BUSY (docs/decisions/0002).
/// </summary>
internal sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim? _one;

    private WriteGate(SemaphoreSlim? one) => _one = one;

    public static WriteGate OneAtATime() => new(new SemaphoreSlim(1, 1));

    /// <summary>For engines that order writers themselves.</summary>
    public static WriteGate Open() => new(null);

    public async ValueTask<Pass> Enter(CancellationToken cancel)
    {
        if (_one is not null)
        {
            await _one.WaitAsync(cancel);
        }

        return new Pass(_one);
    }

    public Pass Enter()
    {
        _one?.Wait();
        return new Pass(_one);
    }

    public void Dispose() => _one?.Dispose();

    internal readonly struct Pass(SemaphoreSlim? one) : IDisposable
    {
        public void Dispose() => one?.Release();
    }
}
