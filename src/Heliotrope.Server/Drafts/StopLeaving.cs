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

    /// <summary>Something happened in a customer's life: what waits to leave later in any conversation of theirs was written without knowing it.</summary>
    /// <param name="db">In the transaction in which it is told.</param>
    /// <param name="customer">Whose life.</param>
    /// <param name="team">The team that was told; where it keeps to itself, others are not told why.</param>
    /// <param name="now">When (UTC).</param>
    public static async Task Hold(HeliotropeDb db, long customer, long? team, DateTimeOffset now)
    {
        var secret = await db.Teams.AnyAsync(t => t.Id == team && t.Private);
        var waiting = await db.Drafts.IgnoreQueryFilters()
            .Where(d => d.Kind == DraftKind.Reply && d.Apart && d.SendAt != null && db.Conversations.IgnoreQueryFilters().Any(c => c.Number == d.ConversationNumber && c.CustomerId == customer))
            .ToListAsync();
        foreach (var draft in waiting)
        {
            if (draft.SendAt is not null && await db.Conversations.IgnoreQueryFilters().FirstOrDefaultAsync(c => c.Number == draft.ConversationNumber) is { } conversation)
            {
                draft.Stop(secret && conversation.TeamId != team ? "" : SendLater.LifeEvent);
                await Tell(db, conversation, draft, Actor.System, now);
            }
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
