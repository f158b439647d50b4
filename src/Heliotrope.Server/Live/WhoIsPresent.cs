using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Live;

/// <summary>Who has a conversation open right now.</summary>
/// <param name="Conversation">The conversation's number.</param>
/// <param name="People">Everybody but the one who asks, each once.</param>
public sealed record PresenceDetails(long Conversation, IReadOnlyList<PersonPresent> People)
{
    internal static PresenceDetails Of(Presence presence, long conversation, Actor actor) => new(
        conversation,
        [.. presence.Others(conversation, actor.Kind, actor.Id ?? 0).Select(s => new PersonPresent(s.Kind is ActorKind.Person ? s.Id : null, s.Name, s.Doing, s.Since))]);
}

/// <summary>Somebody who has a conversation open.</summary>
/// <param name="UserId">The colleague; null for a program with a key.</param>
/// <param name="Name">The name.</param>
/// <param name="Doing">reading, writing-reply or writing-note.</param>
/// <param name="Since">Since when they do that (UTC).</param>
public sealed record PersonPresent(long? UserId, string Name, Doing Doing, DateTimeOffset Since);

/// <summary>Says who has a conversation open right now.</summary>
internal sealed class WhoIsPresent(Store store, Presence presence)
{
    public async Task<Result<PresenceDetails>> Run(Actor actor, long conversation, CancellationToken cancel)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read(actor, db => db.Conversations.AnyAsync(c => c.Number == conversation, cancel))
            ? PresenceDetails.Of(presence, conversation, actor)
            : Refusal.NoConversation(conversation);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/presence",
            async (long conversation, WhoIsPresent who, HttpContext http) => (await who.Run(http.Actor(), conversation, http.RequestAborted)).ToApi())
        .WithName("whoIsPresent").WithSummary("Who reads or writes a conversation right now").Answers<PresenceDetails>();
}
