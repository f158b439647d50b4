namespace Heliotrope.Server.Search;

/// <summary>The words of a file, for searching: its name at once, its text when it has been read.</summary>
public sealed class AttachmentText
{
    /// <summary>Longer texts are found by their beginning: an index of everything that a table exports would help nobody.</summary>
    public const int MostText = 100_000;

    /// <summary>The file.</summary>
    public long AttachmentId { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its text; empty while it is unread, and for files that hold none that we can read.</summary>
    public string Text { get; set; } = "";

    /// <summary>It has been looked into.</summary>
    public bool Done { get; set; }
}
