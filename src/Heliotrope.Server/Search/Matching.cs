using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>Turns a query into conversations. Each operator is a small translator of a list, and each value is bound: nothing that was typed becomes SQL.</summary>
internal static class Matching
{
    private delegate Expression<Func<Conversation, bool>>? Translator(Asked asked, Value value);

    private static readonly Dictionary<string, Translator> Translators = new()
    {
        ["from"] = CustomerTerms.From,
        ["customer"] = CustomerTerms.Customer,
        ["org"] = CustomerTerms.Organisation,
        ["segment"] = CustomerTerms.Segment,
        ["subject"] = WordTerms.Subject,
        ["is"] = StateTerms.Is,
        ["team"] = FiledTerms.Team,
        ["with"] = FiledTerms.With,
        ["tag"] = FiledTerms.Tag,
        ["driver"] = FiledTerms.Driver,
        ["brand"] = FiledTerms.Brand,
        ["channel"] = FiledTerms.Channel,
        ["language"] = ReadTerms.Language,
        ["feeling"] = ReadTerms.Feeling,
        ["life"] = ReadTerms.Life,
        ["has"] = HoldsTerms.Has,
        ["promise"] = HoldsTerms.Promise,
        ["before"] = TimeTerms.Before,
        ["after"] = TimeTerms.After,
        ["on"] = TimeTerms.On,
        ["created"] = TimeTerms.Created,
        ["waiting"] = TimeTerms.Waiting,
        ["due"] = TimeTerms.Due,
        ["end"] = StateTerms.End,
        ["number"] = StateTerms.Number,
    };

    /// <summary>The operators that have a meaning here.</summary>
    public static IReadOnlyCollection<string> Known => Translators.Keys;

    /// <summary>
    /// The conversations that a query asks for. Spam is among them only when the query speaks of it. What the actor may not see is left
    /// out by the context, so open it for this actor.
    /// </summary>
    /// <param name="db">The database, opened for the actor.</param>
    /// <param name="query">The query. What was not understood in it narrows nothing: who acts on conversations looks at <see cref="Query.Problems"/> first.</param>
    /// <param name="actor">Whose are <c>is:mine</c>, <c>with:me</c> and drafts.</param>
    /// <param name="now">Now (UTC).</param>
    /// <param name="zone">Whose days; the desk's when not said.</param>
    public static IQueryable<Conversation> On(HeliotropeDb db, Query query, Actor actor, DateTimeOffset now, TimeZoneInfo? zone = null)
    {
        var asked = new Asked(db, actor, now, zone ?? Zone.Here);
        return WordTerms.Without(asked, WordTerms.With(asked, Narrow(asked, query), Sought.Of(query.Words)), Unwanted(query));
    }

    /// <summary>The same without the words that must be there, for who looks for those elsewhere.</summary>
    public static IQueryable<Conversation> Narrow(Asked asked, Query query)
    {
        var found = asked.Db.Conversations.AsQueryable();
        if (!query.Terms.OfType<OperatorTerm>().Any(t => t.Operator.Name == "is" && t.Values.Any(v => v.Said == "spam")))
        {
            found = found.Where(c => !c.IsSpam);
        }

        foreach (var term in query.Terms.OfType<OperatorTerm>())
        {
            var values = term.Understood.Select(value => Translators[term.Operator.Name](asked, value)).OfType<Expression<Func<Conversation, bool>>>().ToList();
            if (values.Count > 0)
            {
                found = found.Where(term.Not ? Predicates.Not(Predicates.Either(values)) : Predicates.Either(values));
            }
        }

        return found;
    }

    /// <summary>Whether a query asks for this conversation, as it is saved.</summary>
    public static async Task<bool> Matches(HeliotropeDb db, Query query, long number, Actor actor, DateTimeOffset now, CancellationToken cancel = default) =>
        await Narrow(new(db, actor, now, Zone.Here), query).AnyAsync(c => c.Number == number, cancel)
        && await WordTerms.Hold(db, number, Sought.Of(query.Words), Unwanted(query), cancel);

    /// <summary>The words that must not be there.</summary>
    public static IReadOnlyList<Sought> Unwanted(Query query) => Sought.Of(query.Terms.OfType<TextTerm>().Where(t => t.Not));
}
