using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>Marks as read: one, those of a conversation, or all.</summary>
/// <param name="Id">Only this one.</param>
/// <param name="Conversation">Only those of this conversation.</param>
internal sealed record ReadBody(long? Id = null, long? Conversation = null);

/// <summary>Marks what a person was told as read.</summary>
internal sealed class ReadNotifications(Store store, TimeProvider time)
{
    public async Task<Refusal?> Run(Actor actor, ReadBody body, CancellationToken cancel)
    {
        if (!actor.MayRead || actor.Kind is not ActorKind.Person || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        return await store.Write<Refusal?>(
            actor,
            async db =>
            {
                var read = await db.Notifications
                    .Where(n => n.UserId == user && n.ReadAt == null && (body.Id == null || n.Id == body.Id) && (body.Conversation == null || n.ConversationNumber == body.Conversation))
                    .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancel);
                if (read > 0)
                {
                    db.Notified.Add(user); // the bell in their other windows
                }

                return null;
            },
            cancel);
    }

    /// <summary>The conversation of one of their own; null when it is none of theirs.</summary>
    public Task<long?> PlaceOf(Actor actor, long id) =>
        store.Read(actor, db => db.Notifications.Where(n => n.Id == id && n.UserId == actor.Id && db.Conversations.Any(c => c.Number == n.ConversationNumber)).Select(n => (long?)n.ConversationNumber).FirstOrDefaultAsync());

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/notifications/read", async ([FromForm] long? conversation, ReadNotifications read, HttpContext http) =>
            await read.Run(http.Actor(), new(Conversation: conversation), http.RequestAborted) is { } refusal ? Pages.Refused(refusal)
            : conversation is null ? Results.LocalRedirect("/notifications") : Results.NoContent());
        desk.MapPost("/notifications/{id:long}/read", async (long id, ReadNotifications read, HttpContext http) =>
            await read.Run(http.Actor(), new(id), http.RequestAborted) is { } refusal ? Pages.Refused(refusal) : Results.LocalRedirect("/notifications"));

        // A form and no link: a browser that fetches a link ahead of time must not make anybody have read anything.
        desk.MapPost("/notifications/{id:long}/open", async (long id, ReadNotifications read, HttpContext http) =>
        {
            if (await read.PlaceOf(http.Actor(), id) is not { } number)
            {
                return Pages.Refused(new(RefusalKind.NotFound, "notification.unknown", $"There is no notification {id} of yours."));
            }

            return await read.Run(http.Actor(), new(id), http.RequestAborted) is { } refusal ? Pages.Refused(refusal) : Results.LocalRedirect($"/conversations/{number}");
        });
    }
}
