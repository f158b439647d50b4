using Heliotrope.Core.People;
using Heliotrope.Server.Live;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Database;

/// <summary>
/// Which teams' conversations an actor may not see: those of private teams that they do not belong to. Administrators, who could let themselves in, and Heliotrope itself see all.
/// Read once and kept until a setting changes.
/// </summary>
internal sealed class Sights
{
    private readonly Func<HeliotropeDb> _open;
    private volatile PrivateTeams? _known;
    private int _changes;

    public Sights(Func<HeliotropeDb> open, LiveUpdates live)
    {
        _open = open;
        live.Changed += change =>
        {
            if (change.ConcernsSettings)
            {
                Interlocked.Increment(ref _changes);
                _known = null;
            }
        };
    }

    /// <summary>Whether there are private teams; also while that is not known.</summary>
    public bool MayBeAny => _known is not { Teams.Count: 0 };

    /// <summary>The teams hidden from this actor; mostly none.</summary>
    public async Task<long[]> HiddenFrom(Actor actor)
    {
        if (actor.MayAdminister || actor.Kind is ActorKind.Customer) // a customer holds what was sent to them alone
        {
            return [];
        }

        if (_known is { } known)
        {
            return known.HiddenFrom(actor);
        }

        var before = Volatile.Read(ref _changes);
        var read = await Read();
        if (before == Volatile.Read(ref _changes))
        {
            _known = read; // what changed while we read is read again next time
        }

        return read.HiddenFrom(actor);
    }

    private async Task<PrivateTeams> Read()
    {
        await using var db = _open();
        var teams = await db.Teams.AsNoTracking().Where(t => t.Private).Select(t => t.Id).ToListAsync();
        var members = teams.Count == 0 ? [] : await db.TeamMembers.AsNoTracking().Where(m => teams.Contains(m.TeamId)).ToListAsync();
        return new(teams, members.ToLookup(m => m.TeamId, m => m.UserId));
    }

    private sealed record PrivateTeams(IReadOnlyList<long> Teams, ILookup<long, long> Members)
    {
        public long[] HiddenFrom(Actor actor) =>
            [.. Teams.Where(team => actor.Kind is not ActorKind.Person || !Members[team].Any(member => member == actor.Id))];
    }
}
