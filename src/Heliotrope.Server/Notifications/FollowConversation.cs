using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>What somebody wants to hear of a conversation.</summary>
public enum FollowChoice
{
    /// <summary>What concerns them by itself.</summary>
    Usual,

    /// <summary>What colleagues and the customer say in it, too.</summary>
    Follow,

    /// <summary>Nothing, unless they are named or given it.</summary>
    Mute,
}

/// <summary>Follows a conversation, mutes it, or neither.</summary>
internal sealed class FollowConversation(Store store, TimeProvider time)
{
    public async Task<Refusal?> Run(Actor actor, long number, FollowChoice choice, CancellationToken cancel)
    {
        if (!actor.MayRead || actor.Kind is not ActorKind.Person || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Refusal?>(
            actor,
            async db =>
            {
                if (!await db.Conversations.AnyAsync(c => c.Number == number, cancel))
                {
                    return Refusal.NoConversation(number);
                }

                var follow = await db.Follows.FirstOrDefaultAsync(f => f.ConversationNumber == number && f.UserId == user, cancel);
                if (choice is FollowChoice.Usual)
                {
                    db.Follows.RemoveRange(follow is null ? [] : [follow]);
                    return null;
                }

                follow ??= db.Follows.Add(new() { ConversationNumber = number, UserId = user, At = time.Now() }).Entity;
                follow.Muted = choice is FollowChoice.Mute;
                db.TouchedWithin.Add(number); // their other windows show it
                return null;
            },
            cancel);
    }

    /// <summary>What somebody chose, for a page.</summary>
    public static async Task<FollowChoice> Of(HeliotropeDb db, long user, long number) =>
        await db.Follows.Where(f => f.ConversationNumber == number && f.UserId == user).Select(f => (bool?)f.Muted).FirstOrDefaultAsync() switch
        {
            true => FollowChoice.Mute,
            false => FollowChoice.Follow,
            null => FollowChoice.Usual,
        };

    public static void Map(IEndpointRouteBuilder desk) => desk.MapPost("/conversations/{number:long}/follow",
        async (long number, [FromForm] string? choice, [FromForm] string? back, FollowConversation follow, HttpContext http) =>
        {
            var chosen = choice switch { "follow" => FollowChoice.Follow, "mute" => FollowChoice.Mute, _ => FollowChoice.Usual };
            return await follow.Run(http.Actor(), number, chosen, http.RequestAborted) is { } refusal ? Shell.Pages.Refused(refusal) : Results.LocalRedirect(Shell.LocalPath.Of(back) ?? $"/conversations/{number}");
        });
}
