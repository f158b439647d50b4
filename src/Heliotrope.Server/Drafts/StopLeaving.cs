using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>The customer wrote first: what waits to leave was written without knowing it, and is given back.</summary>
internal static class StopLeaving
{
    /// <summary>In the transaction that takes in the customer's words, so that of both exactly one comes first.</summary>
    public static async Task Write(HeliotropeDb db, long conversation)
    {
        foreach (var draft in await db.Drafts.Where(d => d.ConversationNumber == conversation && d.Kind == DraftKind.Reply && d.SendAt != null).ToListAsync())
        {
            draft.Stop(SendLater.Overtaken);
        }
    }
}
