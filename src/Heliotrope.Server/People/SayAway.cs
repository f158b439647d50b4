using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>Whether somebody is away.</summary>
/// <param name="Away">They are.</param>
/// <param name="Until">Until when (ISO 8601 with its offset), at most a year ahead; without, until they say that they are back.</param>
public sealed record AwayBody(bool Away, DateTimeOffset? Until = null);

/// <summary>Says that somebody is away, or back. People say it of themselves, and who leads of everybody.</summary>
internal sealed class SayAway(Store store, ListUsers users, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public async Task<Result<UserDetails>> Run(Actor actor, long id, AwayBody body, CancellationToken cancel)
    {
        if (!actor.MayRead || (!actor.MayLead && actor.Person != id))
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        if (body.Away && body.Until is { } until && (until <= now || until > now + Longest))
        {
            return Refusal.Invalid("away.date", "The date lies ahead, and less than a year.", "until");
        }

        var refused = await store.Write<Refusal?>(
            async db =>
            {
                if (await db.Users.FirstOrDefaultAsync(u => u.Id == id && u.LeftAt == null, cancel) is not { } user)
                {
                    return ListUsers.Unknown(id);
                }

                (user.Away, user.AwayUntil) = (body.Away, body.Away ? body.Until?.ToUniversalTime() : null);
                user.SeenAt = body.Away || actor.Id != id ? user.SeenAt : now;
                return null;
            },
            cancel);
        return refused is { } no ? no : await users.Get(actor, id);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/users/{id:long}/away",
            async (long id, AwayBody body, SayAway say, HttpContext http) => (await say.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
        .WithName("sayAway").WithSummary("Say that a colleague is away, or back").Answers<UserDetails>().ForReaders();
}
