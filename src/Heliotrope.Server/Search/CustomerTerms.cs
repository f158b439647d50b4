using System.Globalization;
using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Search;
using Heliotrope.Core.Segments;
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

    /// <summary>The organisation of the customer, by a part of its name.</summary>
    public static Expression<Func<Conversation, bool>> Organisation(Asked asked, Value value)
    {
        var (db, word) = (asked.Db, Folded.Of(value.Said));
        return value is ChoiceValue ? c => c.Customer!.OrganisationId == null : c => db.Organisations.Any(o => o.Id == c.Customer!.OrganisationId && o.NameKey.Contains(word));
    }

    /// <summary>The customer is one of a segment, by its name; nobody is when there is none.</summary>
    public static Expression<Func<Conversation, bool>> Segment(Asked asked, Value value)
    {
        var (db, key) = (asked.Db, Folded.Of(value.Said));
        if (db.Segments.Where(s => s.NameKey == key).Select(s => s.Text).FirstOrDefault() is not { } text)
        {
            return Predicates.Never;
        }

        var people = PeopleMatching.On(asked, PeopleOperators.Read(text)).Select(p => p.Id);
        return c => people.Contains(c.CustomerId);
    }
}
