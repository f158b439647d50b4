namespace Heliotrope.Mail.Reading;

/// <summary>A part of a message that is not its body.</summary>
public sealed class MailAttachment
{
    private readonly Func<Stream> open;

    internal MailAttachment(Func<Stream> open) => this.open = open;

    /// <summary>Its place among the attachments of the message, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>A file name that is safe to show and to store under: no path, no control characters, never empty.</summary>
    public required string Name { get; init; }

    /// <summary>The media type in lower case without parameters, such as <c>image/png</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The Content-ID without angle brackets, by which the HTML refers to it; null when missing.</summary>
    public string? ContentId { get; init; }

    /// <summary>Whether it is meant to be shown within the message rather than beside it.</summary>
    public bool Inline { get; init; }

    /// <summary>The decoded size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The decoded bytes, decoded anew at each call from the message that was read. For a large one see <see cref="OpenRead"/>.</summary>
    public byte[] Content()
    {
        var bytes = new byte[Size];
        using var stream = open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>
    /// The decoded bytes as they are read, some 64 KiB in memory at a time. Of a message from <see cref="SpooledMail"/> only until that is disposed.
    /// </summary>
    public Stream OpenRead() => open();
}
