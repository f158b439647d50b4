namespace Heliotrope.Server.Database;

/// <summary>A row that an index of words found. A number alone would be cast by every query that goes on with it, and its order, in which the index is read, would be lost.</summary>
internal sealed class FoundRow
{
    public long Id { get; init; }
}
