using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Conversations;

/// <summary>An answer to the customer.</summary>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="Resolve">Whether this resolves it: the confidence check follows at once.</param>
public sealed record ReplyBody(string? Text, bool Resolve = false);

/// <summary>Answers the customer: entry, mail and, when it resolves, the confidence check in one transaction.</summary>
internal sealed class Reply(Store store, ComposeMail compose, AskConfidence askConfidence, OutboxBell bell, TimeProvider time)
{
    public async Task<Result<ConversationDetails>> Run(Actor actor, long number, ReplyBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var result = await store.Write(db => Write(db, actor, number, body), cancel);
        bell.Ring();
        return result;
    }

    private async Task<Result<ConversationDetails>> Write(HeliotropeDb db, Actor actor, long number, ReplyBody body)
    {
        if (await db.Conversations.FindAsync(number) is not { } conversation)
        {
            return Refusal.NoConversation(number);
        }

        var now = time.Now();
        var organisation = await Organisation.Of(db);
        var text = (body.Text ?? "").Storable(int.MaxValue);
        var reply = conversation.Reply(actor, new OutboundMessage(text), compose.NewMessageId(conversation, organisation), body.Resolve, now);
        if (reply.Refusal is { } refusal)
        {
            return refusal;
        }

        await db.SaveChangesAsync(); // the entry's id
        var mail = await compose.Reply(db, conversation, reply.Value, [], actor, organisation, now);
        if (body.Resolve)
        {
            await askConfidence.Write(db, conversation, actor, organisation, mail, now);
        }

        await db.SaveChangesAsync();
        return (await GetConversation.Read(db, number))!;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/replies",
            async (long number, ReplyBody body, Reply reply, HttpContext http) => (await reply.Run(http.Actor(), number, body, http.RequestAborted)).ToApi())
        .WithName("reply").WithSummary("Answer the customer").Answers<ConversationDetails>();
}
