using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Spam;

/// <summary>Whether it is spam.</summary>
/// <param name="Spam">It is; or it is not after all. Left out, it is.</param>
/// <param name="Block">What its sender writes from now on is spam, too.</param>
public sealed record SpamBody(bool? Spam, bool? Block);

/// <summary>Puts a conversation into the spam folder, or takes it out again.</summary>
internal sealed class MarkSpam(Store store, TimeProvider time)
{
    public Task<Done> Run(Actor actor, long number, SpamBody body, CancellationToken cancel) => store.ChangeUndoably(
        actor,
        "spam",
        number,
        async (db, conversation) =>
        {
            var spam = body.Spam ?? true;
            conversation.MarkSpam(actor, spam, time.Now());
            return spam && body.Block is true && await Sender(db, conversation) is { } sender ? await ChangeBlockedSenders.Block(db, actor, sender, time.Now()) : null;
        },
        cancel);

    /// <summary>The address that the customer last wrote from.</summary>
    private static async Task<string?> Sender(HeliotropeDb db, Conversation conversation) =>
        await db.Entries.Where(e => e.ConversationNumber == conversation.Number && e.Direction == Direction.In && e.Author != Author.SomebodyElse)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => e.FromAddress).FirstOrDefaultAsync();

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/spam",
            async (long number, SpamBody body, MarkSpam mark, HttpContext http) => await http.Shown(number, await mark.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("markSpam").WithSummary("Put a conversation into the spam folder, or take it out").Answers<ConversationDetails>();
}
