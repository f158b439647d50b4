using System.Globalization;
using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using Condition = System.Linq.Expressions.Expression<System.Func<Heliotrope.Core.Customers.Customer, bool>>;

namespace Heliotrope.Server.Search;

/// <summary>Turns a query with the operators for people into customers. Each value is bound: nothing that was typed becomes SQL.</summary>
internal static class PeopleMatching
{
    private static readonly Dictionary<string, Func<Asked, Value, Condition?>> Translators = new()
    {
        ["name"] = Name,
        ["address"] = Address,
        ["phone"] = Phone,
        ["org"] = Organisation,
        ["language"] = Language,
        ["zone"] = Zone,
        ["field"] = FieldTerms.Field,
        ["purchases"] = (asked, value) => { var db = asked.Db; return Counted(c => db.Purchases.Count(p => p.CustomerId == c.Id), value); },
        ["spent"] = Spent,
        ["bought"] = (asked, value) => { var db = asked.Db; return Last(c => db.Purchases.Where(p => p.CustomerId == c.Id).Max(p => (DateTimeOffset?)p.At), asked, value); },
        ["events"] = (asked, value) => { var db = asked.Db; return Counted(c => db.ProductEvents.Count(e => e.CustomerId == c.Id), value); },
        ["event"] = (asked, value) => { var (db, said) = (asked.Db, value.Said); return c => db.ProductEvents.Any(e => e.CustomerId == c.Id && e.Name == said); },
        ["used"] = (asked, value) => { var db = asked.Db; return Last(c => db.ProductEvents.Where(e => e.CustomerId == c.Id).Max(e => (DateTimeOffset?)e.At), asked, value); },
        ["conversations"] = (asked, value) => { var db = asked.Db; return Counted(c => db.Conversations.Count(x => x.CustomerId == c.Id && !x.IsSpam), value); },
        ["wrote"] = (asked, value) => { var db = asked.Db; return Last(c => db.Conversations.Where(x => x.CustomerId == c.Id && !x.IsSpam).Max(x => (DateTimeOffset?)x.LastActivityAt), asked, value); },
        ["end"] = End,
        ["promise"] = Promise,
        ["created"] = (asked, value) => Last(c => (DateTimeOffset?)c.CreatedAt, asked, value),
    };

    /// <summary>The operators that have a meaning here.</summary>
    public static IReadOnlyCollection<string> Known => Translators.Keys;

    /// <summary>The customers that a query asks for, of those whom the actor may see. Words stand in a name, an address or the organisation's name.</summary>
    public static IQueryable<Customer> On(Asked asked, Query query)
    {
        var found = asked.Db.Customers.AsQueryable();
        foreach (var term in query.Terms)
        {
            List<Condition> some = term switch
            {
                TextTerm text => [Word(asked, text.Text)],
                OperatorTerm said => [.. said.Understood.Select(value => Translators[said.Operator.Name](asked, value)).OfType<Condition>()],
                _ => [],
            };
            if (some.Count > 0)
            {
                found = found.Where(term.Not ? Predicates.Not(Predicates.Either(some)) : Predicates.Either(some));
            }
        }

        return found;
    }

    private static Condition Word(Asked asked, string text)
    {
        var (db, word, typed) = (asked.Db, Folded.Of(text), text.ToLowerInvariant());
        return c => c.NameKey.Contains(word) || db.CustomerAddresses.Any(a => a.CustomerId == c.Id && a.Address.Contains(typed)) || db.Organisations.Any(o => o.Id == c.OrganisationId && o.NameKey.Contains(word));
    }

    private static Condition Name(Asked asked, Value value)
    {
        var word = Folded.Of(value.Said);
        return c => c.NameKey.Contains(word);
    }

    private static Condition Address(Asked asked, Value value)
    {
        var (db, typed) = (asked.Db, value.Said.ToLowerInvariant());
        return c => db.CustomerAddresses.Any(a => a.CustomerId == c.Id && a.Address.Contains(typed));
    }

    private static Condition? Phone(Asked asked, Value value)
    {
        var (db, digits) = (asked.Db, PhoneNumber.Sought(value.Said) ?? value.Said);
        return c => db.CustomerPhones.Any(p => p.CustomerId == c.Id && p.Digits.Contains(digits));
    }

    private static Condition Organisation(Asked asked, Value value)
    {
        var (db, word) = (asked.Db, Folded.Of(value.Said));
        return value is ChoiceValue ? c => c.OrganisationId == null : c => db.Organisations.Any(o => o.Id == c.OrganisationId && o.NameKey.Contains(word));
    }

    private static Condition Language(Asked asked, Value value)
    {
        var code = value.Said.ToLowerInvariant();
        return value is ChoiceValue ? c => c.Language == null : c => c.Language == code;
    }

    private static Condition Zone(Asked asked, Value value)
    {
        var zone = TheirTime.TryZone(value.Said, out var name) ? name : value.Said;
        return value is ChoiceValue ? c => c.Zone == null : c => c.Zone == zone;
    }

    /// <summary>In whole units of any one currency: sums of different ones are never added up.</summary>
    private static Condition? Spent(Asked asked, Value value)
    {
        if (value is not NumberValue number || Math.Abs(number.Number) > Money.Most)
        {
            return null;
        }

        var (db, none, three) = (asked.Db, Money.NoPlaces, Money.ThreePlaces);
        var (whole, cents, mills) = (number.Number, number.Number * 100, number.Number * 1000);
        return number.Comparison switch
        {
            Comparison.More => c => db.Purchases.Where(p => p.CustomerId == c.Id).GroupBy(p => p.Currency).Any(g => g.Sum(p => p.Amount) > (none.Contains(g.Key) ? whole : three.Contains(g.Key) ? mills : cents)),
            Comparison.AtLeast => c => db.Purchases.Where(p => p.CustomerId == c.Id).GroupBy(p => p.Currency).Any(g => g.Sum(p => p.Amount) >= (none.Contains(g.Key) ? whole : three.Contains(g.Key) ? mills : cents)),
            Comparison.Less => c => !db.Purchases.Where(p => p.CustomerId == c.Id).GroupBy(p => p.Currency).Any(g => g.Sum(p => p.Amount) >= (none.Contains(g.Key) ? whole : three.Contains(g.Key) ? mills : cents)),
            Comparison.AtMost => c => !db.Purchases.Where(p => p.CustomerId == c.Id).GroupBy(p => p.Currency).Any(g => g.Sum(p => p.Amount) > (none.Contains(g.Key) ? whole : three.Contains(g.Key) ? mills : cents)),
            _ => c => db.Purchases.Where(p => p.CustomerId == c.Id).GroupBy(p => p.Currency).Any(g => g.Sum(p => p.Amount) == (none.Contains(g.Key) ? whole : three.Contains(g.Key) ? mills : cents)),
        };
    }

    private static Condition? End(Asked asked, Value value)
    {
        var db = asked.Db;
        return Enum.TryParse<HappinessEnd>(value.Said, ignoreCase: true, out var end) ? c => db.Conversations.Any(x => x.CustomerId == c.Id && !x.IsSpam && x.HappinessEnd == end) : null;
    }

    private static Condition? Promise(Asked asked, Value value)
    {
        var db = asked.Db;
        List<PromiseState> states = value.Said switch { "open" => [PromiseState.Open], "kept" => [PromiseState.Kept, PromiseState.KeptEarly], "renegotiated" => [PromiseState.Renegotiated], _ => [PromiseState.Broken] };
        return c => db.Promises.Any(p => p.CustomerId == c.Id && states.Contains(p.State));
    }

    private static Condition? Counted(Expression<Func<Customer, int>> count, Value value) =>
        value is NumberValue number ? Compared(count, number.Comparison, (int)Math.Clamp(number.Number, int.MinValue, int.MaxValue)) : null;

    /// <summary>When it happened last; who never did it is among none of them.</summary>
    private static Condition? Last(Expression<Func<Customer, DateTimeOffset?>> when, Asked asked, Value value)
    {
        if (value is not WhenValue said)
        {
            return null;
        }

        var (from, end) = asked.Bounds(said.When);
        return said.Comparison switch
        {
            Comparison.Less => Compared(when, Comparison.Less, from),
            Comparison.AtMost => Compared(when, Comparison.Less, end),
            Comparison.More => Compared(when, Comparison.AtLeast, end),
            Comparison.AtLeast => Compared(when, Comparison.AtLeast, from),
            _ => Both(Compared(when, Comparison.AtLeast, from), Compared(when, Comparison.Less, end)),
        };
    }

    private static Condition Both(Condition a, Condition b) => Predicates.Not(Predicates.Either([Predicates.Not(a), Predicates.Not(b)]));

    private static Condition Compared<T>(Expression<Func<Customer, T>> what, Comparison comparison, T value)
    {
        Expression<Func<T>> bound = () => value; // a parameter of the query, as everywhere else
        var kind = comparison switch
        {
            Comparison.Less => ExpressionType.LessThan,
            Comparison.AtMost => ExpressionType.LessThanOrEqual,
            Comparison.More => ExpressionType.GreaterThan,
            Comparison.AtLeast => ExpressionType.GreaterThanOrEqual,
            _ => ExpressionType.Equal,
        };
        return Expression.Lambda<Func<Customer, bool>>(Expression.MakeBinary(kind, what.Body, bound.Body), what.Parameters);
    }
}
