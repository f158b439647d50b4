namespace Heliotrope.Mail.Writing;

/// <summary>A file that goes with a message, or a picture within its HTML.</summary>
/// <param name="Name">The file name in any script. Folders before it, control characters, and what is longer than a name may be are left out.</param>
/// <param name="Type">The media type without parameters. What is none, and what may not be written in base 64 (RFC 2046 section 5.2.1), goes as application/octet-stream.</param>
/// <param name="Content">The bytes as they are.</param>
/// <param name="ContentId">By which the HTML refers to it as <c>cid:…</c> (RFC 2392), without angle brackets; null for a file beside the message, and what is no id counts as null.</param>
public sealed record OutgoingAttachment(string Name, string Type, ReadOnlyMemory<byte> Content, string? ContentId = null);
