using Heliotrope.Core.Conversations;

namespace Heliotrope.Server.Conversations;

/// <summary>Keeps the spam folder apart from everything else.</summary>
internal static class SpamFolder
{
    /// <summary>As a value given to the query: written as "not", SQLite would not find the index that begins with it.</summary>
    public static IQueryable<Conversation> InSpam(this IQueryable<Conversation> conversations, bool spam) => conversations.Where(c => c.IsSpam == spam);

    /// <summary>What every list and figure begins with.</summary>
    public static IQueryable<Conversation> WithoutSpam(this IQueryable<Conversation> conversations) => conversations.InSpam(false);
}
