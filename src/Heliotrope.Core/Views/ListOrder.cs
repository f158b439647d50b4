namespace Heliotrope.Core.Views;

/// <summary>What stands first in a list.</summary>
public enum ListOrder
{
    /// <summary>What hurts most, then what is due first.</summary>
    Pressing,
    /// <summary>Where something happened last.</summary>
    Newest,
    /// <summary>Where nothing has happened for longest.</summary>
    Oldest,
    /// <summary>Whose answer is due first, whatever else presses.</summary>
    Due,
}

/// <summary>The order of a list to the last tie, so that every conversation has one place in it.</summary>
/// <param name="Order">What stands first.</param>
/// <param name="AllOpen">All in the list are open: then one without a due time is to be looked at now. Elsewhere it has time, and stands behind those that have one.</param>
public readonly record struct Sort(ListOrder Order, bool AllOpen = false)
{
    /// <summary>Whether the order goes by when an answer is due.</summary>
    public bool ByDue => Order is ListOrder.Pressing or ListOrder.Due;

    /// <summary>Whether what has no due time stands before what has one.</summary>
    public bool UndatedFirst => Order is ListOrder.Pressing && AllOpen;

    /// <summary>Which of two places comes first.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>Below zero when the one does, above when the other does.</returns>
    public int Compare(Place one, Place other)
    {
        var attention = Order is ListOrder.Pressing ? one.Attention.CompareTo(other.Attention) : 0;
        var first = attention != 0 ? attention : CompareTimes(one.At, other.At);
        var ascending = first != 0 ? first : one.Number.CompareTo(other.Number);
        return Order is ListOrder.Newest ? -ascending : ascending;
    }

    private int CompareTimes(DateTimeOffset? one, DateTimeOffset? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => UndatedFirst ? -1 : 1,
        (_, null) => UndatedFirst ? 1 : -1,
        ({ } a, { } b) => a.CompareTo(b),
    };
}
