namespace Heliotrope.Server.Channels;

/// <summary>A mail that a conversation's first mail answers and that is not here. Mail overtakes mail, and what lay in a mailbox before it was connected comes after what answers it.</summary>
public sealed class MissingMail
{
    /// <summary>Its Message-ID, without angle brackets.</summary>
    public string MessageId { get; set; } = "";

    /// <summary>The conversation.</summary>
    public long ConversationNumber { get; set; }
}
