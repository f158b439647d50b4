namespace Heliotrope.Server.Confidence;

/// <summary>The way to a person in a mail that nobody wrote.</summary>
public sealed class PersonLink
{
    /// <summary>How long it leads there.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>Of its token, which stands in that mail alone.</summary>
    public byte[] TokenHash { get; set; } = [];

    /// <summary>The conversation.</summary>
    public long ConversationNumber { get; set; }

    /// <summary>The language of the mail.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Until when it leads there (UTC).</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}
