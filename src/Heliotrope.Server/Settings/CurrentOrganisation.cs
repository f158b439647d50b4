using Heliotrope.Server.Database;
using Heliotrope.Server.Live;

namespace Heliotrope.Server.Settings;

/// <summary>The organisation's settings, kept until they change: intake asks for them with every recipient.</summary>
internal sealed class CurrentOrganisation
{
    private readonly Store _store;
    private volatile Organisation? _known;
    private int _changes;

    public CurrentOrganisation(Store store, LiveUpdates live)
    {
        _store = store;
        live.Changed += change =>
        {
            if (change.ConcernsSettings)
            {
                Interlocked.Increment(ref _changes);
                _known = null;
            }
        };
    }

    public async ValueTask<Organisation> Get()
    {
        if (_known is { } known)
        {
            return known;
        }

        var before = Volatile.Read(ref _changes);
        var read = await _store.Read(Organisation.Of);
        if (before == Volatile.Read(ref _changes))
        {
            _known = read; // what changed while we read is read again next time
        }

        return read;
    }
}
