using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>How soon a team answers what one driver brings.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="FirstAnswerMinutes">Minutes of working time to the first answer.</param>
/// <param name="NextAnswerMinutes">Minutes of working time to each later answer.</param>
public sealed record DriverTargetDetails(NamedRef Driver, int FirstAnswerMinutes, int NextAnswerMinutes);

/// <summary>People who answer together.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Zone">A zone of the IANA database, such as <c>Europe/Berlin</c>.</param>
/// <param name="Hours">The hours of the week, such as <c>Mon-Fri 09:00-17:00</c>.</param>
/// <param name="Holidays">One a line: <c>12-25 Christmas Day</c> in each year, <c>2026-12-24</c> in one. Empty when there are none.</param>
/// <param name="FirstAnswerMinutes">Minutes of working time to the first answer.</param>
/// <param name="NextAnswerMinutes">Minutes of working time to each later answer.</param>
/// <param name="Members">Who belongs to it.</param>
/// <param name="Addresses">The addresses of ours that it answers.</param>
/// <param name="DriverTargets">Where a driver has a target of its own.</param>
/// <param name="Private">Whether only its members, and administrators, see its conversations.</param>
/// <param name="Assigns">Whether what comes is given to whoever of its members is best for it.</param>
public sealed record TeamDetails(
    long Id, string Name, string Zone, string Hours, string Holidays, int FirstAnswerMinutes, int NextAnswerMinutes,
    IReadOnlyList<UserRef> Members, IReadOnlyList<string> Addresses, IReadOnlyList<DriverTargetDetails> DriverTargets,
    bool Private = false, bool Assigns = false);

/// <summary>Lists teams, with everything that is set for them.</summary>
internal sealed class ListTeams(Store store)
{
    /// <summary>More teams than one desk has.</summary>
    public const int Most = 100;

    public async Task<Result<IReadOnlyList<TeamDetails>>> Run(Actor actor)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return Result(await store.Read(Read));

        static Result<IReadOnlyList<TeamDetails>> Result(List<TeamDetails> teams) => teams;
    }

    public static async Task<List<TeamDetails>> Read(HeliotropeDb db)
    {
        var teams = await db.Teams.AsNoTracking().OrderBy(t => t.Name).Take(Most).ToListAsync();
        var members = (await db.TeamMembers.AsNoTracking()
            .Join(db.Users, m => m.UserId, u => u.Id, (m, u) => new { m.TeamId, Ref = new UserRef(u.Id, u.Name, u.Email!) })
            .ToListAsync()).OrderBy(m => m.Ref.Name, StringComparer.CurrentCulture).ToLookup(m => m.TeamId, m => m.Ref);
        var addresses = (await db.OurAddresses.AsNoTracking().Where(a => a.TeamId != null).OrderBy(a => a.Address).ToListAsync()).ToLookup(a => a.TeamId!.Value, a => a.Address);
        var targets = (await db.DriverTargets.AsNoTracking()
            .Join(db.Drivers, t => t.DriverId, d => d.Id, (t, d) => new { t.TeamId, Target = new DriverTargetDetails(new(d.Id, d.Name), t.FirstAnswerMinutes, t.NextAnswerMinutes) })
            .ToListAsync()).OrderBy(t => t.Target.Driver.Name, StringComparer.CurrentCulture).ToLookup(t => t.TeamId, t => t.Target);
        return teams.ConvertAll(t => new TeamDetails(
            t.Id, t.Name, t.Zone, t.Hours, t.Holidays, t.FirstAnswerMinutes, t.NextAnswerMinutes, [.. members[t.Id]], [.. addresses[t.Id]], [.. targets[t.Id]], t.Private, t.Assigns));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/teams", async (ListTeams list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
        .WithName("listTeams").WithSummary("List teams").Answers<IReadOnlyList<TeamDetails>>();
}
