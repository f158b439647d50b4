using Heliotrope.Core.Conversations;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>What we promised stays promised when somebody else takes the conversation: they keep it from now on.</summary>
internal static class PassPromises
{
    public static async Task To(HeliotropeDb db, Conversation conversation, long owner)
    {
        foreach (var promise in await db.Promises.Where(p => p.ConversationNumber == conversation.Number && p.State == PromiseState.Open && p.OwnerId != owner).ToListAsync())
        {
            promise.PassTo(owner);
        }
    }
}
