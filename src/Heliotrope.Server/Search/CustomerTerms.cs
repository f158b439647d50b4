using System.Globalization;
using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Search;

/// <summary>Who wrote, and whom they belong to.</summary>
internal static class CustomerTerms
{
    /// <summary>The customer, or somebody else who wrote in the conversation.</summary>
    public static Expression<Func<Conversation, bool>> From(Asked asked, Value value)
    {
        var (db, lower, named) = (asked.Db, Small.Typed(value.Said), asked.Db.CustomersNamed(value.Said));
        return c => named.Contains(c.CustomerId)
            || db.Entries.Any(e => e.ConversationNumber == c.Number && e.Author == Author.SomebodyElse && (Small.Letters(e.FromName).Contains(lower) || Small.Letters(e.FromAddress!).Contains(lower)));
    }

    /// <summary>The customer, by a part of the name or of an address, or by their id.</summary>
    public static Expression<Func<Conversation, bool>> Customer(Asked asked, Value value)
    {
        var named = asked.Db.CustomersNamed(value.Said);
        return long.TryParse(value.Said, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? c => c.CustomerId == id
            : c => named.Contains(c.CustomerId);
    }

    /// <summary>Nobody belongs to an organisation yet.</summary>
    public static Expression<Func<Conversation, bool>> Organisation(Asked asked, Value value) => value is ChoiceValue ? c => true : Predicates.Never;

    /// <summary>There are no segments yet.</summary>
    public static Expression<Func<Conversation, bool>> Segment(Asked asked, Value value) => Predicates.Never;
}
