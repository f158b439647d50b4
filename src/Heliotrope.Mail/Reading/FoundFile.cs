namespace Heliotrope.Mail.Reading;

/// <summary>A file that is no part of its own: within text, as mail carried files before MIME, or within a winmail.dat.</summary>
/// <param name="Name">As it was given; may be empty.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type; null when not said.</param>
/// <param name="ContentId">By which HTML refers to it; null when missing.</param>
internal sealed record FoundFile(string Name, ReadOnlyMemory<byte> Content, string? Type = null, string? ContentId = null);
