using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Conversations;

/// <summary>Says that a conversation is resolved, without another word. The customer is asked whether it is.</summary>
internal sealed class Resolve(Store store, AskConfidence askConfidence, OutboxBell bell, TimeProvider time)
{
    public async Task<Done> Run(Actor actor, long number, CancellationToken cancel)
    {
        var result = await store.ChangeUndoably(actor, "resolve", number, (db, conversation) => Do(db, conversation, actor, time.Now()), cancel);
        bell.Ring();
        return result;
    }

    /// <summary>Resolves it and has the customer asked, in a transaction of the caller's, who rings the outbox's bell after it.</summary>
    public async Task<Refusal?> Do(HeliotropeDb db, Conversation conversation, Actor actor, DateTimeOffset now)
    {
        if (conversation.Resolve(actor, now).Refusal is { } refusal)
        {
            return refusal;
        }

        await askConfidence.Write(db, conversation, actor, await Organisation.Of(db), after: null, now);
        return null;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/resolve",
            async (long number, Resolve resolve, HttpContext http) => await http.Shown(number, await resolve.Run(http.Actor(), number, http.RequestAborted)))
        .WithName("resolve").WithSummary("Resolve a conversation").Answers<ConversationDetails>();
}
