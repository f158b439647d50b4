using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Conversations;

/// <summary>What the small operations on one conversation share: find it, change it, show it.</summary>
internal static class ChangeConversation
{
    public static Task<Result<ConversationDetails>> Change(
        this Store store, Actor actor, long number, Func<HeliotropeDb, Conversation, Task<Refusal?>> change, CancellationToken cancel) =>
        store.Write<Result<ConversationDetails>>(
            async db =>
            {
                if (!actor.MayWork)
                {
                    return Refusal.NotAllowed;
                }

                if (await db.Conversations.FindAsync(number) is not { } conversation)
                {
                    return Refusal.NoConversation(number);
                }

                if (await change(db, conversation) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync();
                return (await GetConversation.Read(db, number))!;
            },
            cancel);
}
