using Heliotrope.Core.Conversations;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>The customer wrote first: what waits to leave was written without knowing it, and is given back.</summary>
internal static class StopLeaving
{
    /// <summary>In the transaction that takes in the customer's words, so that of both exactly one comes first.</summary>
    public static async Task Write(HeliotropeDb db, Conversation conversation, DateTimeOffset now)
    {
        var number = conversation.Number;
        foreach (var draft in await db.Drafts.Where(d => d.ConversationNumber == number && d.Kind == DraftKind.Reply && d.SendAt != null).ToListAsync())
        {
            draft.Stop(SendLater.Overtaken);
            await Tell(db, conversation, draft, Actor.System, now);
        }
    }

    /// <summary>Its author hears that it was held back, and whoever answers for the conversation.</summary>
    public static async Task Tell(HeliotropeDb db, Conversation conversation, Draft draft, Actor by, DateTimeOffset now)
    {
        foreach (var user in new[] { draft.UserId, conversation.AssigneeId }.OfType<long>().Distinct())
        {
            await Notify.Write(db, user, Reason.HeldBack, conversation, draft.Text, by, now);
        }
    }
}
