using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Writing;

/// <summary>A message to be written. Line breaks and other control characters in any value are harmless: see <see cref="MailWriter"/>.</summary>
public sealed record OutgoingMail
{
    /// <summary>Fixed before the first attempt to send, so that a repeated delivery can be recognised; without angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Who speaks. A name beyond ASCII becomes an encoded word (RFC 2047).</summary>
    public required MailAddress From { get; init; }

    /// <summary>Whom the header names; the envelope is given to the sender separately.</summary>
    public required IReadOnlyList<MailAddress> To { get; init; }

    /// <summary>Whom the header names as reading along; no header when empty. Who reads along unseen (Bcc) is in the envelope alone.</summary>
    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>Where answers go; no header when empty.</summary>
    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];

    /// <summary>In any language; one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Written with its own offset, to the second.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The words for readers without HTML; any line ends.</summary>
    public required string Text { get; init; }

    /// <summary>The same words as HTML; null writes a message of plain text only.</summary>
    public string? Html { get; init; }

    /// <summary>Pictures within the HTML are written first, then the files, each in this order.</summary>
    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];

    /// <summary>The message that is answered, without angle brackets; null when none is.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The thread so far, oldest first, without angle brackets. Of a long thread the first and the latest are kept.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Further headers, such as Auto-Submitted (RFC 3834). A name that is no token (RFC 5322 section 3.6.8), or that the writer writes itself, is an <see cref="ArgumentException"/> when written.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
