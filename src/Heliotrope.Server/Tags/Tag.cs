namespace Heliotrope.Server.Tags;

/// <summary>A word that people sort conversations by.</summary>
public sealed class Tag
{
    /// <summary>In characters.</summary>
    public const int LongestName = Core.Acts.Act.LongestTag;

    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The word, as whoever used it first wrote it.</summary>
    public string Name { get; set; } = "";
}

/// <summary>A tag on a conversation.</summary>
public sealed class ConversationTag
{
    /// <summary>The conversation.</summary>
    public long ConversationNumber { get; set; }

    /// <summary>The tag.</summary>
    public long TagId { get; set; }
}
