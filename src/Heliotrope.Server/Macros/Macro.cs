using Heliotrope.Core.Conversations;

namespace Heliotrope.Server.Macros;

/// <summary>Words that are said again and again, and what is done along with them. Whose it is says who is offered it.</summary>
public sealed class Macro
{
    /// <summary>The longest name, in characters: it is read in a list.</summary>
    public const int MaxName = 80;

    /// <summary>The longest words, in characters: as long as the longest reply.</summary>
    public const int MaxText = Conversation.MaxText;

    /// <summary>More than anybody finds anything in.</summary>
    public const int MostInAll = 2_000;

    public long Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary>What is done, as <see cref="Core.Acts.ActList"/> writes it.</summary>
    public string Acts { get; set; } = "[]";

    /// <summary>The colleague whose own it is; null when it is shared.</summary>
    public long? OwnerId { get; set; }

    /// <summary>The team that shares it; null when nobody's or everybody's.</summary>
    public long? TeamId { get; set; }

    /// <summary>The brand in whose conversations alone it is offered; null for all.</summary>
    public long? BrandId { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Uses { get; set; }

    /// <summary>When it was last sent (UTC); null for never.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When it was last written (UTC): what was chosen before then is looked at again.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    public bool Demo { get; set; }

    /// <summary>The words, by language; only when loaded.</summary>
    public List<MacroWords> Words { get; } = [];

    /// <summary>The words for a language: its own, else those for any, else the first there are; null when it only does things.</summary>
    internal MacroWords? In(string? language) =>
        Words.Find(words => words.Language.Length > 0 && words.Language == language) ?? Words.Find(words => words.Language.Length == 0) ?? Words.OrderBy(words => words.Language, StringComparer.Ordinal).FirstOrDefault();
}

/// <summary>The words of a macro in one language.</summary>
public sealed class MacroWords
{
    public long MacroId { get; set; }

    /// <summary>A two-letter code; empty for whichever language has none of its own.</summary>
    public string Language { get; set; } = "";

    /// <summary>In Markdown, with merge fields.</summary>
    public string Text { get; set; } = "";
}
