namespace Heliotrope.Server.Help;

/// <summary>What we know about one question, ready to be put into an answer.</summary>
public sealed class Article
{
    /// <summary>The longest title, in characters: it is read in a list.</summary>
    public const int MaxTitle = 200;

    /// <summary>The longest text, in characters: as long as the longest reply that it may go into.</summary>
    public const int MaxText = Core.Conversations.Conversation.MaxText;

    public long Id { get; set; }

    public string Title { get; set; } = "";

    /// <summary>In Markdown.</summary>
    public string Text { get; set; } = "";

    /// <summary>Its language, as a two-letter code.</summary>
    public string Language { get; set; } = "en";

    public DateTimeOffset UpdatedAt { get; set; }

    public bool Demo { get; set; }
}
