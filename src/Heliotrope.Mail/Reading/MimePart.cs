namespace Heliotrope.Mail.Reading;

/// <summary>A node of the tree that a message is: a leaf with bytes, a multipart, or a message within the message.</summary>
internal sealed class MimePart(HeaderList headers, MediaType type, ReadOnlyMemory<byte> body, PartBytes bytes)
{
    public HeaderList Headers { get; } = headers;

    public MediaType Type { get; } = type;

    public MediaType Disposition { get; } = MediaType.Parse(headers.First("Content-Disposition"));

    /// <summary>The bytes below the headers, still encoded; of a large message that lies in a file, without what no part begins in.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>All the bytes below the headers, still encoded.</summary>
    public PartBytes Bytes { get; } = bytes;

    /// <summary>The parts of a multipart, or the one message of a message/rfc822.</summary>
    public List<MimePart> Children { get; } = [];

    public bool IsMultipart => Type.IsMultipart && Children.Count > 0;

    public bool IsAttachment => Disposition.Value == "attachment";

    /// <summary>The file name it gives itself; null when it has none.</summary>
    public string? FileName => NotEmpty(Disposition["filename"]) ?? NotEmpty(Type["name"]) ?? NotEmpty(Disposition["name"]);

    public string? ContentId => NotEmpty(Headers.First("Content-ID")?.Trim(' ', '<', '>'));

    /// <summary>The decoded bytes, from a file as they are wanted.</summary>
    public Stream Open() => new DecodedStream(Bytes, TransferEncoding.Decoder(this, null));

    /// <summary>The decoded bytes, no more than <paramref name="most"/>.</summary>
    public ReadOnlyMemory<byte> Decode(int most, ReadContext? context = null) => TransferEncoding.Decode(this, most, context);

    /// <summary>All parts in the order they come, itself first.</summary>
    /// <param name="intoMessages">Whether the parts of messages within the message are wanted too.</param>
    public IEnumerable<MimePart> All(bool intoMessages = true)
    {
        var open = new Stack<MimePart>([this]);
        while (open.TryPop(out var part))
        {
            yield return part;
            var enter = intoMessages || part == this || part.Type.IsMultipart;
            for (var i = part.Children.Count - 1; enter && i >= 0; i--)
            {
                open.Push(part.Children[i]);
            }
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
