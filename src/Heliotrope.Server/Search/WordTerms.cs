using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Search;

/// <summary>Words in what was said.</summary>
internal static class WordTerms
{
    public static Expression<Func<Conversation, bool>> Subject(Asked asked, Value value)
    {
        var lower = Small.Typed(value.Said);
        return c => Small.Letters(c.Subject).Contains(lower);
    }

    /// <summary>Those in which all of these words are.</summary>
    public static IQueryable<Conversation> Words(Asked asked, IQueryable<Conversation> conversations, IReadOnlyList<TextTerm> terms) =>
        terms.Aggregate(conversations, (rest, term) => rest.Where(Says(asked, term)));

    /// <summary>Those in which these words are not.</summary>
    public static IQueryable<Conversation> Without(Asked asked, IQueryable<Conversation> conversations, TextTerm term) => conversations.Where(Predicates.Not(Says(asked, term)));

    private static Expression<Func<Conversation, bool>> Says(Asked asked, TextTerm term)
    {
        var (db, lower) = (asked.Db, Small.Typed(term.Text));
        return c => Small.Letters(c.Subject).Contains(lower) || db.Entries.Any(e => e.ConversationNumber == c.Number && e.Kind != EntryKind.Event && Small.Letters(e.Text).Contains(lower));
    }
}
