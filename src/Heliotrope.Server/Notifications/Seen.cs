using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>Whether somebody other than the one who acts may see a conversation: nobody is told of what they may not open. The same rule as in <see cref="Sights"/>, for one who is not asking.</summary>
internal static class Seen
{
    public static async Task<bool> By(HeliotropeDb db, long user, Role role, Conversation conversation) =>
        role is Role.Admin || conversation.TeamId is not { } team
        || !await db.Teams.AnyAsync(t => t.Id == team && t.Private && !db.TeamMembers.Any(m => m.TeamId == team && m.UserId == user));
}
