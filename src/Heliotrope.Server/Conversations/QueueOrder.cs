using Heliotrope.Core.Conversations;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Conversations;

/// <summary>Lists in their order, from a place on or up to one: what <see cref="Sort.Compare"/> says, said to the database.</summary>
internal static class QueueOrder
{
    /// <summary>The order; backwards, it begins with what stands last.</summary>
    public static IQueryable<Conversation> In(this IQueryable<Conversation> query, HeliotropeDb db, Sort sort, bool backwards = false)
    {
        var byNumber = sort switch
        {
            { Order: ListOrder.Pressing } => Then(By(query, c => c.Attention, backwards), sort, db.NullsComeFirst, backwards),
            { Order: ListOrder.Due } => By(By(query, c => c.AnswerDueAt == null, backwards), c => c.AnswerDueAt, backwards),
            { Order: ListOrder.Newest } => By(query, c => c.LastActivityAt, !backwards),
            _ => By(query, c => c.LastActivityAt, backwards),
        };
        return By(byNumber, c => c.Number, backwards != sort.Order is ListOrder.Newest);
    }

    /// <summary>Those behind a place.</summary>
    public static IQueryable<Conversation> Behind(this IQueryable<Conversation> query, Sort sort, Place? place) => place is not var (attention, at, number)
        ? query
        : (sort.Order, sort.UndatedFirst, at) switch
        {
            (ListOrder.Newest, _, _) => query.Where(c => c.LastActivityAt < at || (c.LastActivityAt == at && c.Number < number)),
            (ListOrder.Oldest, _, _) => query.Where(c => c.LastActivityAt > at || (c.LastActivityAt == at && c.Number > number)),
            (ListOrder.Due, _, null) => query.Where(c => c.AnswerDueAt == null && c.Number > number),
            (ListOrder.Due, _, _) => query.Where(c => c.AnswerDueAt == null || c.AnswerDueAt > at || (c.AnswerDueAt == at && c.Number > number)),
            (_, true, null) => query.Where(c => c.Attention > attention || (c.Attention == attention && (c.AnswerDueAt != null || c.Number > number))),
            (_, true, _) => query.Where(c => c.Attention > attention || (c.Attention == attention && (c.AnswerDueAt > at || (c.AnswerDueAt == at && c.Number > number)))),
            (_, false, null) => query.Where(c => c.Attention > attention || (c.Attention == attention && c.AnswerDueAt == null && c.Number > number)),
            _ => query.Where(c => c.Attention > attention || (c.Attention == attention && (c.AnswerDueAt == null || c.AnswerDueAt > at || (c.AnswerDueAt == at && c.Number > number)))),
        };

    /// <summary>Those before a place.</summary>
    public static IQueryable<Conversation> Before(this IQueryable<Conversation> query, Sort sort, Place? place) => place is not var (attention, at, number)
        ? query
        : (sort.Order, sort.UndatedFirst, at) switch
        {
            (ListOrder.Newest, _, _) => query.Where(c => c.LastActivityAt > at || (c.LastActivityAt == at && c.Number > number)),
            (ListOrder.Oldest, _, _) => query.Where(c => c.LastActivityAt < at || (c.LastActivityAt == at && c.Number < number)),
            (ListOrder.Due, _, null) => query.Where(c => c.AnswerDueAt != null || c.Number < number),
            (ListOrder.Due, _, _) => query.Where(c => c.AnswerDueAt < at || (c.AnswerDueAt == at && c.Number < number)),
            (_, true, null) => query.Where(c => c.Attention < attention || (c.Attention == attention && c.AnswerDueAt == null && c.Number < number)),
            (_, true, _) => query.Where(c => c.Attention < attention || (c.Attention == attention && (c.AnswerDueAt == null || c.AnswerDueAt < at || (c.AnswerDueAt == at && c.Number < number)))),
            (_, false, null) => query.Where(c => c.Attention < attention || (c.Attention == attention && (c.AnswerDueAt != null || c.Number < number))),
            _ => query.Where(c => c.Attention < attention || (c.Attention == attention && (c.AnswerDueAt < at || (c.AnswerDueAt == at && c.Number < number)))),
        };

    /// <summary>The place of a conversation.</summary>
    public static Place PlaceOf(Sort sort, long number, Attention attention, DateTimeOffset? due, DateTimeOffset lastActivity) =>
        new(sort.Order is ListOrder.Pressing ? attention : default, sort.ByDue ? due : lastActivity, number);

    /// <summary>Within the same attention. Where the engine agrees by itself, an index gives the order.</summary>
    private static IOrderedQueryable<Conversation> Then(IOrderedQueryable<Conversation> query, Sort sort, bool nullsComeFirst, bool backwards) => (sort.UndatedFirst, nullsComeFirst) switch
    {
        (true, true) => By(query, c => c.AnswerDueAt, backwards),
        (true, false) => By(By(query, c => c.AnswerDueAt != null, backwards), c => c.AnswerDueAt, backwards),
        _ => By(By(query, c => c.AnswerDueAt == null, backwards), c => c.AnswerDueAt, backwards),
    };

    private static IOrderedQueryable<Conversation> By<T>(IQueryable<Conversation> query, System.Linq.Expressions.Expression<Func<Conversation, T>> key, bool descending) => (query, descending) switch
    {
        (IOrderedQueryable<Conversation> ordered, false) when IsOrdered(ordered) => ordered.ThenBy(key),
        (IOrderedQueryable<Conversation> ordered, true) when IsOrdered(ordered) => ordered.ThenByDescending(key),
        (_, false) => query.OrderBy(key),
        _ => query.OrderByDescending(key),
    };

    /// <summary>A bare set calls itself ordered, too.</summary>
    private static bool IsOrdered(IQueryable<Conversation> query) =>
        query.Expression is System.Linq.Expressions.MethodCallExpression { Method.Name: "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" };
}
