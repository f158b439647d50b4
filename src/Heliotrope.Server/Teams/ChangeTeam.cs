using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>How soon a team answers what one driver brings.</summary>
/// <param name="Driver">The driver's id.</param>
/// <param name="FirstAnswerMinutes">Minutes of working time to the first answer, from 1 to 60000.</param>
/// <param name="NextAnswerMinutes">Minutes of working time to each later answer, from 1 to 60000.</param>
public sealed record DriverTargetBody(long Driver, int FirstAnswerMinutes, int NextAnswerMinutes);

/// <summary>What is set for a team. What is left out stays as it is; a new team begins with the usual.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Zone">A zone of the IANA database.</param>
/// <param name="Hours">The hours of the week, such as <c>Mon-Fri 09:00-17:00</c>.</param>
/// <param name="Holidays">One a line.</param>
/// <param name="FirstAnswerMinutes">Minutes of working time to the first answer, from 1 to 60000.</param>
/// <param name="NextAnswerMinutes">Minutes of working time to each later answer, from 1 to 60000.</param>
/// <param name="Members">Ids of users; all that belong to it.</param>
/// <param name="Addresses">Addresses of ours; all that it answers.</param>
/// <param name="DriverTargets">All drivers with a target of their own.</param>
/// <param name="Private">Whether only its members, and administrators, see its conversations.</param>
/// <param name="Assigns">Whether what comes is given to whoever of its members is best for it.</param>
public sealed record TeamBody(
    string? Name = null, string? Zone = null, string? Hours = null, string? Holidays = null, int? FirstAnswerMinutes = null, int? NextAnswerMinutes = null,
    IReadOnlyList<long>? Members = null, IReadOnlyList<string>? Addresses = null, IReadOnlyList<DriverTargetBody>? DriverTargets = null,
    bool? Private = null, bool? Assigns = null);

/// <summary>Adds, changes and removes teams. When answers are due is counted anew for what waits.</summary>
internal sealed class ChangeTeam(Store store, RecountBell bell, TimeProvider time)
{
    public const int LongestName = 100;

    /// <summary>A thousand hours of work: half a year.</summary>
    public const int MostMinutes = 60_000;

    public Task<Result<IReadOnlyList<TeamDetails>>> Add(Actor actor, TeamBody body, CancellationToken cancel) => Write(
        actor,
        async db =>
        {
            if (await db.Teams.CountAsync(cancel) >= ListTeams.Most)
            {
                return new Refusal(RefusalKind.Conflict, "team.too-many", $"There are {ListTeams.Most} teams already.", "name");
            }

            return await Set(db, actor, new Team(), body with { Name = body.Name ?? "" }, "team.added");
        },
        cancel);

    public Task<Result<IReadOnlyList<TeamDetails>>> Run(Actor actor, long id, TeamBody body, CancellationToken cancel) => Write(
        actor,
        async db => await db.Teams.FindAsync(id) is { } team ? await Set(db, actor, team, body, "team.changed") : Unknown(id),
        cancel);

    public Task<Result<IReadOnlyList<TeamDetails>>> Remove(Actor actor, long id, CancellationToken cancel) => Write(
        actor,
        async db =>
        {
            if (await db.Teams.FindAsync(id) is not { } team)
            {
                return Unknown(id);
            }

            // The database lets go of it everywhere; what it had waiting is nobody's, and due as usual.
            db.Teams.Remove(team);
            await KeepFigures.ForgetDays(db, cancel);
            db.Audit.Add(AuditLine.Of(actor, "team.removed", team.Name, time.Now()));
            await db.SaveChangesAsync(cancel);
            await Recount.Begin(db, null);
            return null;
        },
        cancel);

    private async Task<Result<IReadOnlyList<TeamDetails>>> Write(Actor actor, Func<HeliotropeDb, Task<Refusal?>> change, CancellationToken cancel)
    {
        var result = await store.Administer<IReadOnlyList<TeamDetails>>(actor, change, async db => await ListTeams.Read(db), cancel);
        bell.Ring();
        return result;
    }

    private async Task<Refusal?> Set(HeliotropeDb db, Actor actor, Team team, TeamBody body, string action)
    {
        var name = (body.Name ?? team.Name).Trim();
        if (NoName(name) is { } malformed)
        {
            return malformed;
        }

        if (Names.IsTaken(await Names.OfTeams(db), name, team.Id))
        {
            return new Refusal(RefusalKind.Conflict, "team.taken", "Another team has this name.", "name");
        }

        var hours = WorkingHours.Parse(body.Zone ?? team.Zone, body.Hours ?? team.Hours, body.Holidays ?? team.Holidays);
        if (hours.Refusal is { } refusal)
        {
            return refusal;
        }

        var (first, next) = (body.FirstAnswerMinutes ?? team.FirstAnswerMinutes, body.NextAnswerMinutes ?? team.NextAnswerMinutes);
        if ((OutOfRange(first, "firstAnswer") ?? OutOfRange(next, "nextAnswer")) is { } range)
        {
            return range;
        }

        if (await TeamParts.Check(db, body) is { } unknown)
        {
            return unknown;
        }

        (team.Name, team.Zone, team.Hours, team.Holidays) = (name.Storable(LongestName), hours.Value.Zone, hours.Value.Hours, hours.Value.Holidays);
        (team.FirstAnswerMinutes, team.NextAnswerMinutes) = (first, next);
        (team.Private, team.Assigns) = (body.Private ?? team.Private, body.Assigns ?? team.Assigns);
        if (team.Id == 0)
        {
            db.Teams.Add(team);
        }

        await db.SaveChangesAsync(); // its id, for what belongs to it
        await TeamParts.Set(db, team.Id, body);
        db.Audit.Add(AuditLine.Of(actor, action, string.Create(CultureInfo.InvariantCulture, $"{team.Name}: {team.Hours} ({team.Zone}), {first} and {next} minutes{(team.Private ? ", private" : "")}{(team.Assigns ? ", assigns" : "")}").Storable(1_000), time.Now()));
        await db.SaveChangesAsync();
        await Recount.Begin(db, team.Id);
        return null;
    }

    public static Refusal? NoName(string name) => name.Length is 0 or > LongestName || name.Any(char.IsControl)
        ? Refusal.Invalid("name.malformed", $"A name has 1 to {LongestName} characters on one line.", "name")
        : null;

    public static Refusal? OutOfRange(int minutes, string field) =>
        minutes is >= 1 and <= MostMinutes ? null : Refusal.Invalid("target.out-of-range", $"A target is between 1 minute and {MostMinutes / 60} hours.", field);

    private static Refusal Unknown(long id) => new(RefusalKind.NotFound, "team.missing", $"There is no team {id}.");

    public static void Map(IEndpointRouteBuilder api)
    {
        var teams = api.MapGroup("/teams").RequireAuthorization(Policies.ApiAdmin);
        teams.MapPost("", async (TeamBody body, ChangeTeam change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addTeam").WithSummary("Add a team").Answers<IReadOnlyList<TeamDetails>>();
        teams.MapPost("/{id:long}", async (long id, TeamBody body, ChangeTeam change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeTeam").WithSummary("Change a team").Answers<IReadOnlyList<TeamDetails>>();
        teams.MapPost("/{id:long}/remove", async (long id, ChangeTeam change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeTeam").WithSummary("Remove a team").Answers<IReadOnlyList<TeamDetails>>();
    }
}
