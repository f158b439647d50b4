namespace Heliotrope.Core.Promises;

/// <summary>A place in the patterns of a language, with the ways on: patterns that begin alike share them.</summary>
internal sealed class DueNode
{
    public Dictionary<string, DueNode> Words { get; } = [];

    public List<(string Slot, DueNode To)> Slots { get; } = [];

    /// <summary>The pattern that ends here, if one does.</summary>
    public DuePattern? Pattern { get; private set; }

    /// <summary>Of two patterns that say the same, the first is kept.</summary>
    public void Add(DuePattern pattern)
    {
        var node = this;
        foreach (var item in pattern.Items)
        {
            node = node.Then(item);
        }

        node.Pattern ??= pattern;
    }

    private DueNode Then(string item)
    {
        if (!DuePattern.IsSlot(item))
        {
            return Words.TryGetValue(item, out var known) ? known : Words[item] = new();
        }

        var at = Slots.FindIndex(way => way.Slot == item);
        if (at < 0)
        {
            Slots.Add((item, new()));
        }

        return Slots[at < 0 ? ^1 : at].To;
    }
}
