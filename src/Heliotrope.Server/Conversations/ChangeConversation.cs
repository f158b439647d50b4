using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Conversations;

/// <summary>What the small operations on one conversation share: find it, change it, show it.</summary>
internal static class ChangeConversation
{
    public static async Task<Result<ConversationDetails>> Change(
        this Store store, Actor actor, long number, Func<HeliotropeDb, Conversation, Task<Refusal?>> change, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var refusal = await store.Write<Refusal?>(
            async db => await db.Conversations.FindAsync(number) is { } conversation ? await change(db, conversation) : Refusal.NoConversation(number),
            cancel);
        return refusal is { } no ? no : await store.Show(number);
    }

    /// <summary>A conversation as it stands: read once the change is stored, since others wait while it is being stored.</summary>
    public static async Task<Result<ConversationDetails>> Show(this Store store, long number) =>
        await store.Read(db => GetConversation.Read(db, number)) is { } found ? found : Refusal.NoConversation(number);
}
