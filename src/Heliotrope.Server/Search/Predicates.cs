using System.Linq.Expressions;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Server.Search;

/// <summary>Puts conditions together to one that the database answers.</summary>
internal static class Predicates
{
    public static readonly Expression<Func<Conversation, bool>> Never = c => false;

    /// <summary>One of them; none of none.</summary>
    public static Expression<Func<T, bool>> Either<T>(IReadOnlyCollection<Expression<Func<T, bool>>> some) => some.Count == 0
        ? _ => false
        : some.Skip(1).Aggregate(some.First(), (a, b) => Expression.Lambda<Func<T, bool>>(Expression.OrElse(a.Body, On(b, a.Parameters[0])), a.Parameters));

    public static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters);

    private static Expression On<T>(Expression<Func<T, bool>> condition, ParameterExpression parameter) =>
        new Exchange(condition.Parameters[0], parameter).Visit(condition.Body);

    private sealed class Exchange(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
