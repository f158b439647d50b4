using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>Somebody who works here, or did.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name that customers and colleagues see.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Role">light, agent, lead or admin.</param>
public sealed record UserDetails(long Id, string Name, string Email, Role Role)
{
    /// <summary>The languages they write, as two-letter codes; empty while nobody has said.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The drivers that they know.</summary>
    public IReadOnlyList<NamedRef> Skills { get; init; } = [];

    /// <summary>The teams they belong to.</summary>
    public IReadOnlyList<NamedRef> Teams { get; init; } = [];

    /// <summary>How many conversations that wait for an answer they can have at once.</summary>
    public int Room { get; init; } = User.UsualRoom;

    /// <summary>How many they have that the asker may see.</summary>
    public int Open { get; init; }

    /// <summary>Their desk is open, and they did not say that they are away.</summary>
    public bool AtWork { get; init; }

    /// <summary>They said that they are away.</summary>
    public bool Away { get; init; }

    /// <summary>Until when they are away (UTC); null when they are not, or did not say.</summary>
    public DateTimeOffset? AwayUntil { get; init; }

    /// <summary>When their desk was last open (UTC), to the minute; null for never.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When they left (UTC); null for whoever works here.</summary>
    public DateTimeOffset? LeftAt { get; init; }
}

/// <summary>Lists who works here: everybody at the desk may know their colleagues, who is at work, and how much each has in hand.</summary>
internal sealed class ListUsers(Store store, TimeProvider time)
{
    private const int Most = 1_000;

    public async Task<Result<IReadOnlyList<UserDetails>>> Run(Actor actor, bool left = false)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read(actor, db => Read(db, db.Users.Where(u => left || u.LeftAt == null)));
    }

    public async Task<Result<UserDetails>> Get(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return (await store.Read(actor, db => Read(db, db.Users.Where(u => u.Id == id)))).Value is [var user] ? user : Unknown(id);
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "user.missing", $"There is no colleague {id}.");

    private async Task<Result<IReadOnlyList<UserDetails>>> Read(HeliotropeDb db, IQueryable<User> asked)
    {
        var now = time.Now();
        var users = await asked.OrderBy(u => u.Name).ThenBy(u => u.Id).Take(Most).ToListAsync();
        var ids = users.ConvertAll(u => u.Id);
        var skills = (await db.UserSkills.Where(s => ids.Contains(s.UserId)).Join(db.Drivers, s => s.DriverId, d => d.Id, (s, d) => new { s.UserId, Driver = new NamedRef(d.Id, d.Name) }).ToListAsync())
            .OrderBy(s => s.Driver.Name, StringComparer.CurrentCulture).ToLookup(s => s.UserId, s => s.Driver);
        var teams = (await db.TeamMembers.Where(m => ids.Contains(m.UserId)).Join(db.Teams, m => m.TeamId, t => t.Id, (m, t) => new { m.UserId, Team = new NamedRef(t.Id, t.Name) }).ToListAsync())
            .OrderBy(m => m.Team.Name, StringComparer.CurrentCulture).ToLookup(m => m.UserId, m => m.Team);
        var open = await InHand(db.Conversations, ids);
        return users.ConvertAll(u => new UserDetails(u.Id, u.Name, u.Email!, u.Role)
        {
            Languages = u.Languages.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Skills = [.. skills[u.Id]],
            Teams = [.. teams[u.Id]],
            Room = u.Room,
            Open = open.GetValueOrDefault(u.Id),
            AtWork = u.IsAtWork(now),
            Away = u.IsAway(now),
            AwayUntil = u.IsAway(now) ? u.AwayUntil : null,
            SeenAt = u.SeenAt,
            LeftAt = u.LeftAt,
        });
    }

    /// <summary>How many conversations wait for an answer of each.</summary>
    public static Task<Dictionary<long, int>> InHand(IQueryable<Conversation> all, List<long> users) => all.WithoutSpam()
        .Where(c => c.State == ConversationState.Open && c.AssigneeId != null && users.Contains(c.AssigneeId.Value))
        .GroupBy(c => c.AssigneeId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/users", async (bool? left, ListUsers list, HttpContext http) => (await list.Run(http.Actor(), left ?? false)).ToApi())
            .WithName("listUsers").WithSummary("List who works here; with left=true also who did").Answers<IReadOnlyList<UserDetails>>();
        api.MapGet("/users/{id:long}", async (long id, ListUsers list, HttpContext http) => (await list.Get(http.Actor(), id)).ToApi())
            .WithName("getUser").WithSummary("Read a colleague").Answers<UserDetails>();
    }
}
