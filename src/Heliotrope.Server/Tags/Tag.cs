namespace Heliotrope.Server.Tags;

/// <summary>A word that people sort conversations by.</summary>
public sealed class Tag
{
    public const int LongestName = 40;

    public long Id { get; set; }

    public string Name { get; set; } = "";
}

/// <summary>A tag on a conversation.</summary>
public sealed class ConversationTag
{
    public long ConversationNumber { get; set; }

    public long TagId { get; set; }
}
