using Heliotrope.Server.Live;

namespace Heliotrope.Server.Settings;

/// <summary>Something that is set, kept until it changes: intake asks for it with every mail.</summary>
internal sealed class Current<T>
    where T : class
{
    private readonly Func<Task<T>> _read;
    private volatile T? _known;
    private int _changes;

    public Current(LiveUpdates live, Func<Task<T>> read)
    {
        _read = read;
        live.Changed += change =>
        {
            if (change.ConcernsSettings)
            {
                Interlocked.Increment(ref _changes);
                _known = null;
            }
        };
    }

    public async ValueTask<T> Get()
    {
        if (_known is { } known)
        {
            return known;
        }

        var before = Volatile.Read(ref _changes);
        var read = await _read();
        if (before == Volatile.Read(ref _changes))
        {
            _known = read; // what changed while we read is read again next time
        }

        return read;
    }
}
