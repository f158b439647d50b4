using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>What is set for a colleague. What is left out stays as it is.</summary>
/// <param name="Name">The name that customers and colleagues see.</param>
/// <param name="Role">light, agent, lead or admin. It counts within a minute where they are signed in.</param>
/// <param name="Languages">The languages they write, as two-letter codes; empty for not said.</param>
/// <param name="Skills">Ids of the drivers that they know; all of them.</param>
/// <param name="Room">How many conversations that wait for an answer they can have at once, from 1 to 1000.</param>
public sealed record UserBody(string? Name = null, Role? Role = null, IReadOnlyList<string>? Languages = null, IReadOnlyList<long>? Skills = null, int? Room = null);

/// <summary>Changes what a colleague may do and is good at; takes leave of one, and takes one back.</summary>
internal sealed class ChangeUser(Store store, ListUsers users, TimeProvider time)
{
    private const int MostRoom = 1_000;
    private const int MostLanguages = 20;

    public async Task<Result<UserDetails>> Run(Actor actor, long id, UserBody body, CancellationToken cancel) => await Write(
        actor,
        id,
        async (db, user) =>
        {
            var name = (body.Name ?? user.Name).Trim();
            if (name.Length is 0 or > AddUser.LongestName || name.Any(char.IsControl))
            {
                return Refusal.Invalid("name.malformed", $"A name has 1 to {AddUser.LongestName} characters on one line.", "name");
            }

            if ((body.Room ?? user.Room) is < 1 or > MostRoom)
            {
                return Refusal.Invalid("room.out-of-range", $"Somebody can have between 1 and {MostRoom} conversations at once.", "room");
            }

            var languages = body.Languages?.Select(l => l.Trim().ToLowerInvariant()).Where(l => l.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
            if (languages is not null && (languages.Count > MostLanguages || !languages.TrueForAll(l => l.Length == 2 && l.All(char.IsAsciiLetter))))
            {
                return Refusal.Invalid("languages.malformed", $"Languages are up to {MostLanguages} codes of two letters, such as en or de.", "languages");
            }

            if (body.Role is { } role && role is not Role.Admin && await IsLastAdmin(db, user))
            {
                return LastAdmin;
            }

            if (body.Skills is { } skills && await SetSkills(db, id, [.. skills.Distinct()]) is { } unknown)
            {
                return unknown;
            }

            (user.Name, user.Role, user.Room) = (name.Storable(AddUser.LongestName), body.Role ?? user.Role, body.Room ?? user.Room);
            user.Languages = languages is null ? user.Languages : string.Join(',', languages);
            db.Audit.Add(AuditLine.Of(actor, "user.changed", string.Create(CultureInfo.InvariantCulture, $"{user.Email} {user.Role}, room {user.Room} {user.Languages}"), time.Now()));
            return null;
        },
        cancel);

    /// <summary>They sign in no more, and what waited for their answer waits for somebody's.</summary>
    public Task<Result<UserDetails>> Leave(Actor actor, long id, CancellationToken cancel) => Write(
        actor,
        id,
        async (db, user) =>
        {
            if (user.LeftAt is not null)
            {
                return new Refusal(RefusalKind.Conflict, "user.left", "They have left already.");
            }

            if (await IsLastAdmin(db, user))
            {
                return LastAdmin;
            }

            user.LeftAt = time.Now();
            user.SecurityStamp = Guid.NewGuid().ToString(); // ends what is signed in
            db.Audit.Add(AuditLine.Of(actor, "user.left", user.Email!, time.Now()));
            foreach (var conversation in await db.Conversations.Where(c => c.AssigneeId == id && c.State != ConversationState.Resolved && c.State != ConversationState.Confirmed).ToListAsync(cancel))
            {
                conversation.Assign(actor, null, "", time.Now());
            }

            return null;
        },
        cancel);

    /// <summary>They sign in again, as before.</summary>
    public Task<Result<UserDetails>> Return(Actor actor, long id, CancellationToken cancel) => Write(
        actor,
        id,
        (db, user) =>
        {
            if (user.LeftAt is null)
            {
                return Task.FromResult<Refusal?>(new Refusal(RefusalKind.Conflict, "user.here", "They work here already."));
            }

            user.LeftAt = null;
            db.Audit.Add(AuditLine.Of(actor, "user.returned", user.Email!, time.Now()));
            return Task.FromResult<Refusal?>(null);
        },
        cancel);

    private static readonly Refusal LastAdmin = new(RefusalKind.Conflict, "user.last-admin", "They are the last administrator: make somebody else one first.", "role");

    private async Task<Result<UserDetails>> Write(Actor actor, long id, Func<HeliotropeDb, User, Task<Refusal?>> change, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var refused = await store.Write<Refusal?>(
            async db =>
            {
                if (await db.Users.FindAsync([id], cancel) is not { } user)
                {
                    return ListUsers.Unknown(id);
                }

                user.ConcurrencyStamp = Guid.NewGuid().ToString(); // of two changes at once the second is made on what the first left
                return await change(db, user);
            },
            cancel);
        return refused is { } no ? no : await users.Get(actor, id);
    }

    private static async Task<Refusal?> SetSkills(HeliotropeDb db, long user, List<long> skills)
    {
        if (await db.Drivers.CountAsync(d => skills.Contains(d.Id)) != skills.Count)
        {
            return Refusal.Invalid("driver.unknown", "No driver has this id or name.", "skills");
        }

        var had = await db.UserSkills.Where(s => s.UserId == user).ToListAsync();
        db.UserSkills.RemoveRange(had.Where(s => !skills.Contains(s.DriverId)));
        db.UserSkills.AddRange(skills.Where(d => !had.Exists(s => s.DriverId == d)).Select(d => new UserSkill { UserId = user, DriverId = d }));
        return null;
    }

    private static async Task<bool> IsLastAdmin(HeliotropeDb db, User user) =>
        user.Role is Role.Admin && user.LeftAt is null && !await db.Users.AnyAsync(u => u.Id != user.Id && u.Role == Role.Admin && u.LeftAt == null && !u.Demo);

    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/users/{id:long}").RequireAuthorization(Policies.ApiAdmin);
        one.MapPost("", async (long id, UserBody body, ChangeUser change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeUser").WithSummary("Change what a colleague may do and is good at").Answers<UserDetails>();
        one.MapPost("/leave", async (long id, ChangeUser change, HttpContext http) => (await change.Leave(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("userLeaves").WithSummary("Take leave of a colleague: they sign in no more").Answers<UserDetails>();
        one.MapPost("/return", async (long id, ChangeUser change, HttpContext http) => (await change.Return(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("userReturns").WithSummary("Take a colleague back").Answers<UserDetails>();
    }
}
