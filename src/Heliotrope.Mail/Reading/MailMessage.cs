namespace Heliotrope.Mail.Reading;

/// <summary>A mailbox as written in a header: the decoded display name (may be empty) and the bare address (RFC 5322 section 3.4).</summary>
/// <param name="Name">The decoded display name; empty when there was none.</param>
/// <param name="Address">The address without angle brackets; the domain in lower case.</param>
public sealed record MailAddress(string Name, string Address);

/// <summary>Something wrong in a message that was read all the same.</summary>
/// <param name="Code">A stable code, such as <c>charset.unknown</c>.</param>
/// <param name="Detail">What was found and what was made of it.</param>
public sealed record MailDefect(string Code, string Detail);

/// <summary>Whether a machine wrote the message, and of what kind (RFC 3834, RFC 3464, RFC 2369, RFC 5965).</summary>
public enum AutoKind
{
    /// <summary>A person wrote it, as far as can be told.</summary>
    None,
    /// <summary>An automatic answer, such as an absence notice.</summary>
    AutoReply,
    /// <summary>A delivery status notification.</summary>
    Bounce,
    /// <summary>Mail of a list or other bulk mail.</summary>
    List,
    /// <summary>A feedback report about mail that was sent.</summary>
    Report,
}

/// <summary>What a bounce says (RFC 3464).</summary>
/// <param name="Recipient">Whom the message did not reach; null when not said.</param>
/// <param name="Status">The enhanced status code (RFC 3463), such as <c>5.1.1</c>; null when not said.</param>
/// <param name="Action">failed, delayed, delivered, relayed or expanded; null when not said.</param>
public sealed record BounceReport(string? Recipient, string? Status, string? Action);
