using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Html;

/// <summary>Shows the pictures that came with a message where its HTML has them.</summary>
public static class InlinePictures
{
    /// <summary>
    /// Puts pictures that the HTML refers to by <c>cid:</c> into it as <c>data:</c>, when their bytes are those of a picture, whatever their name
    /// and type say. The others lose their address and keep the words that stand for them. Everything else stays as it is.
    /// </summary>
    /// <param name="cleanedHtml">As <see cref="HtmlCleaner"/> wrote it.</param>
    /// <param name="attachments">The attachments of the same message.</param>
    /// <param name="mostBytes">How many bytes of pictures may be put in, each counted as often as it is shown; keeps a page from growing without end.</param>
    public static string Embed(string cleanedHtml, IReadOnlyList<MailAttachment> attachments, int mostBytes)
    {
        if (!cleanedHtml.Contains("cid:", StringComparison.OrdinalIgnoreCase))
        {
            return cleanedHtml;
        }
        var pictures = new Pictures(attachments, mostBytes);
        return ImageTags.Write(cleanedHtml, (name, value) => name != "src" || HtmlUrls.ContentId(value) is not { } id ? (name, value)
            : pictures.Take(id) is { } data ? (name, data)
            : (null, value));
    }

    /// <summary>The type that the first bytes of a picture tell: image/png, image/jpeg, image/gif or image/webp; null for everything else, SVG included, which can run scripts.</summary>
    public static string? PictureType(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? "image/gif"
        : content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;

    /// <summary>A picture as an address; null when the bytes are not those of one.</summary>
    internal static string? DataOf(byte[] content) => PictureType(content) is { } type ? $"data:{type};base64,{Convert.ToBase64String(content)}" : null;

    private sealed class Pictures(IReadOnlyList<MailAttachment> attachments, int mostBytes)
    {
        private readonly ContentIds<MailAttachment> byId = new(attachments, attachment => attachment.ContentId);
        private readonly Dictionary<MailAttachment, string?> read = [];
        private long left = mostBytes;

        /// <summary>The picture as an address; null when there is none of that id, it is no picture, or it does not fit any more.</summary>
        public string? Take(string id)
        {
            // The size comes first: what does not fit is not decoded, however often it is named.
            if (byId.Find(id) is not { } attachment || attachment.Size > left)
            {
                return null;
            }
            if (!read.TryGetValue(attachment, out var data))
            {
                read[attachment] = data = DataOf(attachment.Content());
            }
            left -= data is null ? 0 : attachment.Size;
            return data;
        }
    }
}
