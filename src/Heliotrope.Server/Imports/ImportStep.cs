using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>What one batch of an import works with: in a transaction of the caller's, or only to say what would happen.</summary>
internal sealed class ImportStep(HeliotropeDb db, Import import, ImportTally tally, ImportSeen seen, bool dry, Organisation organisation, TeamRules rules, DateTimeOffset now)
{
    /// <summary>A longer id is none that a program gives.</summary>
    private const int LongestId = 300;

    public HeliotropeDb Db => db;

    public Import Import => import;

    public ImportTally Tally => tally;

    public ImportSeen Seen => seen;

    /// <summary>Nothing is changed.</summary>
    public bool Dry => dry;

    public Organisation Organisation => organisation;

    public TeamRules Rules => rules;

    public DateTimeOffset Now => now;

    public static string IdOf(string foreign) => foreign.Storable(LongestId);

    /// <summary>Which of these are here already, by their ids there.</summary>
    public async Task<Dictionary<string, Imported>> Here(ImportedKind kind, IEnumerable<string> ids)
    {
        var wanted = ids.Where(id => id.Length > 0).Select(IdOf).Distinct().ToList();
        var origin = import.Origin;
        return wanted.Count == 0
            ? []
            : await db.ImportedThings.AsNoTracking().Where(i => i.Origin == origin && i.Kind == kind && wanted.Contains(i.ForeignId)).ToDictionaryAsync(i => i.ForeignId, StringComparer.Ordinal);
    }

    /// <summary>Remembers what something of the other desk is here.</summary>
    public Imported Remember(ImportedKind kind, string foreign, bool made)
    {
        var row = new Imported { ImportId = import.Id, Origin = import.Origin, Kind = kind, ForeignId = IdOf(foreign), Made = made };
        if (!dry)
        {
            db.ImportedThings.Add(row);
        }

        return row;
    }

    /// <summary>The accounts here, by address.</summary>
    public async Task<Dictionary<string, Actor>> Users() =>
        (await db.Users.AsNoTracking().Where(u => u.Email != null).ToListAsync()).GroupBy(u => u.Email!.ToLowerInvariant(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().AsActor(), StringComparer.Ordinal);
}

/// <summary>What a dry run has come across, and a real one would find in the database: a few bytes a person.</summary>
internal sealed class ImportSeen
{
    public static readonly KnownPerson Customer = new("", "", Staff: false, null, null);

    public Dictionary<string, KnownPerson> People { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Addresses { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Conversations { get; } = new(StringComparer.Ordinal);
}
