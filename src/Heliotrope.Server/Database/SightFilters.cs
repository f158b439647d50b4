using System.Linq.Expressions;
using System.Reflection;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Heliotrope.Server.Database;

/// <summary>A conversation as far as it must be known to hide others by it: read past every filter, and never shown.</summary>
internal sealed class Matter
{
    public long Number { get; set; }

    public long CustomerId { get; set; }

    public long? TeamId { get; set; }
}

/// <summary>
/// What an actor may not see is left out by the context itself: conversations of hidden teams, whatever refers to one of them or to an entry of one, and customers of whom nothing else is known.
/// Found by the foreign keys, so that what a new table holds is hidden without a thought. Nothing is added to a query of somebody who may see all, which is nearly always.
/// </summary>
internal static class SightFilters
{
    private const string Name = "sight";

    public static void Apply(ModelBuilder builder, HeliotropeDb db)
    {
        builder.Entity<Conversation>().HasQueryFilter(Name, c => c.TeamId == null || !db.HiddenTeams.Contains(c.TeamId.Value));
        builder.Entity<Customer>().HasQueryFilter(Name, c =>
            !db.Matters.Any(m => m.CustomerId == c.Id && m.TeamId != null && db.HiddenTeams.Contains(m.TeamId.Value))
            || db.Matters.Any(m => m.CustomerId == c.Id && (m.TeamId == null || !db.HiddenTeams.Contains(m.TeamId.Value))));
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.ClrType != typeof(Conversation) && e.ClrType != typeof(Customer) && !e.IsOwned()).ToList())
        {
            foreach (var foreign in entity.GetForeignKeys().Where(f => f.Properties.Count == 1).ToList())
            {
                if (Hide(foreign) is { } hide)
                {
                    hide.MakeGenericMethod(entity.ClrType).Invoke(null, [builder, db, foreign.Properties[0]]);
                }
            }
        }
    }

    private static MethodInfo? Hide(IReadOnlyForeignKey foreign)
    {
        var principal = foreign.PrincipalEntityType.ClrType;
        return principal == typeof(Conversation) ? Method(nameof(WithConversation))
            : principal == typeof(Entry) ? Method(nameof(WithEntry))
            : principal == typeof(Customer) ? Method(nameof(WithCustomer))
            : null;
    }

    private static MethodInfo Method(string name) => typeof(SightFilters).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static void WithConversation<T>(ModelBuilder builder, HeliotropeDb db, IReadOnlyProperty key)
        where T : class => Add<T>(builder, key, number => !db.Matters.Any(m => m.Number == number && m.TeamId != null && db.HiddenTeams.Contains(m.TeamId.Value)));

    private static void WithEntry<T>(ModelBuilder builder, HeliotropeDb db, IReadOnlyProperty key)
        where T : class => Add<T>(builder, key, id => db.Entries.Any(e => e.Id == id)); // these are filtered themselves

    private static void WithCustomer<T>(ModelBuilder builder, HeliotropeDb db, IReadOnlyProperty key)
        where T : class => Add<T>(builder, key, id =>
            !db.Matters.Any(m => m.CustomerId == id && m.TeamId != null && db.HiddenTeams.Contains(m.TeamId.Value))
            || db.Matters.Any(m => m.CustomerId == id && (m.TeamId == null || !db.HiddenTeams.Contains(m.TeamId.Value))));

    /// <summary>What refers to nothing is hidden by nothing.</summary>
    private static void Add<T>(ModelBuilder builder, IReadOnlyProperty key, Expression<Func<long, bool>> seen)
        where T : class
    {
        var row = Expression.Parameter(typeof(T), "row");
        var value = Expression.Call(typeof(EF), nameof(EF.Property), [key.ClrType], row, Expression.Constant(key.Name));
        var optional = key.ClrType == typeof(long?);
        var body = new Put(seen.Parameters[0], optional ? Expression.Property(value, nameof(Nullable<>.Value)) : value).Visit(seen.Body);
        builder.Entity<T>().HasQueryFilter(
            $"{Name}-{key.Name}",
            Expression.Lambda<Func<T, bool>>(optional ? Expression.OrElse(Expression.Equal(value, Expression.Constant(null, key.ClrType)), body) : body, row));
    }

    private sealed class Put(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : base.VisitParameter(node);
    }
}

/// <summary>How contexts are opened so that they can be opened for somebody.</summary>
internal static class SightOptions
{
    public static DbContextOptionsBuilder<T> WithSight<T>(this DbContextOptionsBuilder<T> options)
        where T : DbContext => options
        .ReplaceService<IModelCacheKeyFactory, SightModelKey>()
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
}

/// <summary>One model for those who see all and one for those who do not.</summary>
internal sealed class SightModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), context is HeliotropeDb { HiddenTeams.Length: > 0 }, designTime);
}
