namespace Heliotrope.Mail.Reading;

/// <summary>A mailbox as written in a header: the decoded display name (may be empty) and the bare address (RFC 5322 section 3.4).</summary>
/// <param name="Name">The decoded display name; empty when there was none.</param>
/// <param name="Address">The address without angle brackets; the domain in lower case.</param>
public sealed record MailAddress(string Name, string Address);
