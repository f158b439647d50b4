using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>What teams and drivers are called: looked up here for every menu, list and operation.</summary>
/// <param name="Teams">By name.</param>
/// <param name="Drivers">By name.</param>
internal sealed record Names(IReadOnlyList<NamedRef> Teams, IReadOnlyList<NamedRef> Drivers)
{
    public static async Task<Names> Of(HeliotropeDb db) => new(await OfTeams(db), await OfDrivers(db));

    public static Task<List<NamedRef>> OfTeams(HeliotropeDb db) =>
        db.Teams.OrderBy(t => t.Name).Take(ListTeams.Most).Select(t => new NamedRef(t.Id, t.Name)).ToListAsync();

    public static Task<List<NamedRef>> OfDrivers(HeliotropeDb db) =>
        db.Drivers.OrderBy(d => d.Name).Take(ChangeDrivers.Most).Select(d => new NamedRef(d.Id, d.Name)).ToListAsync();

    public string? Team(long? id) => Teams.FirstOrDefault(t => t.Id == id)?.Name;

    public string? Driver(long? id) => Drivers.FirstOrDefault(d => d.Id == id)?.Name;

    /// <summary>Finds what somebody named.</summary>
    /// <param name="all">What there is.</param>
    /// <param name="text">An id or a name; upper and lower case are alike. Null or white space means none.</param>
    /// <param name="unknown">The answer when there is no such thing.</param>
    /// <returns>What was named, null for none, or the refusal.</returns>
    public static Result<NamedRef?> Find(List<NamedRef> all, string? text, Refusal unknown)
    {
        var name = (text ?? "").Trim();
        if (name.Length == 0)
        {
            return (NamedRef?)null;
        }

        return (all.Find(n => n.Id.ToString(CultureInfo.InvariantCulture) == name) ?? Called(all, name)) is { } found ? found : unknown;
    }

    /// <summary>Whether another has this name, in whatever case.</summary>
    public static bool IsTaken(List<NamedRef> all, string name, long own) => all.Exists(n => n.Id != own && n.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What has this name, in whatever case; null when nothing has.</summary>
    public static NamedRef? Called(List<NamedRef> all, string name) => all.Find(n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
