using System.Buffers.Text;
using System.Text;

namespace Heliotrope.Mail.Writing;

/// <summary>A message in the making. Large contents wait as they are, and are encoded straight into the one array that is handed out.</summary>
internal sealed class MailBytes
{
    // 76 letters, as many as a line of base 64 may have (RFC 2045 section 6.8).
    private const int LineBytes = 57;
    private const int LineLetters = LineBytes / 3 * 4;

    private readonly List<(string? Text, ReadOnlyMemory<byte> Content)> pieces = [];

    /// <summary>ASCII, with its line ends.</summary>
    public MailBytes Text(string text)
    {
        pieces.Add((text, default));
        return this;
    }

    /// <summary>Lines of base 64, the last one ended too.</summary>
    public MailBytes Base64(ReadOnlyMemory<byte> content)
    {
        pieces.Add((null, content));
        return this;
    }

    public byte[] ToArray()
    {
        var bytes = new byte[pieces.Sum(piece => piece.Text?.Length ?? EncodedLength(piece.Content.Length))];
        var rest = bytes.AsSpan();
        foreach (var (text, content) in pieces)
            rest = rest[(text is null ? Encode(content.Span, rest) : Encoding.ASCII.GetBytes(text, rest))..];
        return bytes;
    }

    private static int EncodedLength(int length)
    {
        var lines = Math.DivRem(length, LineBytes, out var left);
        return checked((lines * (LineLetters + 2)) + (left > 0 ? ((left + 2) / 3 * 4) + 2 : 0));
    }

    private static int Encode(ReadOnlySpan<byte> content, Span<byte> output)
    {
        var written = 0;
        for (var start = 0; start < content.Length; start += LineBytes)
        {
            System.Buffers.Text.Base64.EncodeToUtf8(content[start..Math.Min(content.Length, start + LineBytes)], output[written..], out _, out var letters);
            written += letters;
            output[written++] = (byte)'\r';
            output[written++] = (byte)'\n';
        }
        return written;
    }
}
