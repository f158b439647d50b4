namespace Heliotrope.Server.Channels;

/// <summary>A mail exactly as it arrived, compressed. No page ever joins this table.</summary>
public sealed class RawMail
{
    public long Id { get; set; }

    /// <summary>Without angle brackets; empty when the mail had none.</summary>
    public string MessageId { get; set; } = "";

    /// <summary>With <see cref="MessageId"/> it says what "the same mail" is (docs/decisions/0007).</summary>
    public string ContentHash { get; set; } = "";

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>How it came in: <c>smtp</c>, <c>pipe</c>, <c>api</c>, <c>http</c> or <c>imap</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>The mailbox that it was fetched from; null for all others. No other mailbox gets its number.</summary>
    public long? MailboxId { get; set; }

    public string EnvelopeFrom { get; set; } = "";

    public string EnvelopeTo { get; set; } = "";

    /// <summary>Bytes before compression.</summary>
    public long Size { get; set; }

    /// <summary>The compressed bytes; null when they stand in <see cref="File"/>.</summary>
    public byte[]? Content { get; set; }

    /// <summary>The name of the file in the mail folder that holds a large mail; null for all others.</summary>
    public string? File { get; set; }

    /// <summary>A row that no earlier, rolled back attempt has given an id to.</summary>
    internal RawMail Fresh() => new()
    {
        MessageId = MessageId,
        ContentHash = ContentHash,
        ReceivedAt = ReceivedAt,
        Source = Source,
        MailboxId = MailboxId,
        EnvelopeFrom = EnvelopeFrom,
        EnvelopeTo = EnvelopeTo,
        Size = Size,
        Content = Content,
        File = File,
    };
}

/// <summary>A mail that became no conversation and waits for a person to look at it.</summary>
public sealed class QuarantinedMail
{
    public long Id { get; set; }

    public long RawMailId { get; set; }

    /// <summary>A stable code, such as <c>from.missing</c>.</summary>
    public string Reason { get; set; } = "";

    public string Detail { get; set; } = "";

    public string Sender { get; set; } = "";

    public string Subject { get; set; } = "";

    public DateTimeOffset ReceivedAt { get; set; }
}
