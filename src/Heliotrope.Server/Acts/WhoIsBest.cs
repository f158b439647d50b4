using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Acts;

/// <summary>Who should answer for a conversation when nobody is named: whoever knows this customer, else whoever of its team has least to do.</summary>
internal static class WhoIsBest
{
    /// <param name="db">The database.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="team">Its team, or the one that it is being given to; null for none.</param>
    /// <returns>The colleague's id; null when its team has nobody.</returns>
    public static async Task<long?> For(HeliotropeDb db, Conversation conversation, long? team)
    {
        var people = team is { } id ? db.TeamMembers.Where(m => m.TeamId == id).Select(m => m.UserId) : db.TeamMembers.Select(m => m.UserId).Distinct();
        var number = conversation.Number;
        var known = await db.Conversations
            .Where(c => c.CustomerId == conversation.CustomerId && c.Number != number && c.AssigneeId != null && people.Contains(c.AssigneeId!.Value))
            .OrderByDescending(c => c.LastActivityAt).Select(c => c.AssigneeId).FirstOrDefaultAsync();
        return known ?? await people
            .OrderBy(user => db.Conversations.Count(c => c.AssigneeId == user && !c.IsSpam && c.State == ConversationState.Open))
            .ThenBy(user => user).Select(user => (long?)user).FirstOrDefaultAsync();
    }
}
