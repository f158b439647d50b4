using System.Collections.Concurrent;

namespace Heliotrope.Server.Database;

/// <summary>A query translated once. What is compiled belongs to one model, and each engine has its own.</summary>
internal sealed class Compiled<TQuery>(Func<TQuery> compile)
{
    private readonly ConcurrentDictionary<Type, TQuery> _byModel = new();

    public TQuery For(HeliotropeDb db) => _byModel.GetOrAdd(db.GetType(), _ => compile());
}
