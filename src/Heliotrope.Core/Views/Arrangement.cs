namespace Heliotrope.Core.Views;

/// <summary>The order in which one person has their views.</summary>
public static class Arrangement
{
    /// <summary>Puts views in order: those that were moved where they were put, the others behind them as they were made.</summary>
    /// <typeparam name="T">What stands for a view.</typeparam>
    /// <param name="views">The views.</param>
    /// <param name="id">The id of one.</param>
    /// <param name="choices">What the person chose.</param>
    /// <returns>The same views in order.</returns>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> views, Func<T, long> id, IReadOnlyDictionary<long, ViewChoice> choices) =>
        [.. views.OrderBy(view => choices.GetValueOrDefault(id(view))?.Position ?? int.MaxValue).ThenBy(id)];

    /// <summary>Moves one by some steps, as far as there are any.</summary>
    /// <param name="ids">All, in order.</param>
    /// <param name="id">Which.</param>
    /// <param name="by">How far: below zero towards the beginning.</param>
    /// <returns>All, in the new order; the same when the one is not among them.</returns>
    public static IReadOnlyList<long> Move(IReadOnlyList<long> ids, long id, int by)
    {
        var from = ids.ToList().IndexOf(id);
        if (from < 0)
        {
            return ids;
        }

        var to = (int)Math.Clamp((long)from + by, 0, ids.Count - 1);
        List<long> moved = [.. ids];
        moved.RemoveAt(from);
        moved.Insert(to, id);
        return moved;
    }
}
