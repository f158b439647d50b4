using System.Globalization;
using System.Text;

namespace Heliotrope.Mail.Writing;

/// <summary>A body of text and the three headers' worth of how it is written (RFC 2045, RFC 2046 section 4.1).</summary>
internal sealed class TextPart
{
    private const int MaxSevenBitLine = 998;
    private const int MaxQuotedLine = 76;

    private TextPart(string type, string encoding, string body) => (ContentType, Encoding, Body) = (type, encoding, body);

    public string ContentType { get; }

    public string Encoding { get; }

    /// <summary>ASCII, lines ended by CRLF, the last one too.</summary>
    public string Body { get; }

    /// <param name="subtype">plain or html.</param>
    /// <param name="text">Any line ends.</param>
    public static TextPart From(string subtype, string text)
    {
        // A form feed and the like end lines for the framework, but stand within them in mail.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd('\n').Split('\n');
        return lines.All(IsSevenBit)
            ? new($"text/{subtype}; charset=us-ascii", "7bit", string.Concat(lines.Select(line => line + "\r\n")))
            : new($"text/{subtype}; charset=utf-8", "quoted-printable", QuotedPrintable(lines));
    }

    /// <summary>Lines that programs on the way may change are not left as they are: blanks at the end, "From " at the beginning, and what could be taken for a boundary.</summary>
    private static bool IsSevenBit(string line)
        => line.Length <= MaxSevenBitLine
        && line.All(c => c is '\t' or (>= ' ' and <= '~'))
        && !line.EndsWith(' ') && !line.EndsWith('\t')
        && !line.StartsWith("From ", StringComparison.Ordinal)
        && !line.StartsWith("--", StringComparison.Ordinal);

    private static string QuotedPrintable(string[] lines)
    {
        var body = new StringBuilder();
        foreach (var line in lines)
        {
            var column = 0;
            var left = line.Length;
            foreach (var rune in line.EnumerateRunes())
            {
                left -= rune.Utf16SequenceLength;
                var piece = Quoted(rune, atStart: column == 0, atEnd: left == 0);
                if (column + piece.Length > MaxQuotedLine - 1)
                {
                    body.Append("=\r\n");
                    column = 0;
                    piece = Quoted(rune, atStart: true, atEnd: left == 0);
                }
                body.Append(piece);
                column += piece.Length;
            }
            body.Append("\r\n");
        }
        return body.ToString();
    }

    private static string Quoted(Rune rune, bool atStart, bool atEnd)
    {
        var plain = rune.Value switch
        {
            '=' => false,
            '-' or '.' or 'F' => !atStart,
            ' ' or '\t' => !atEnd,
            _ => rune.Value is > ' ' and <= '~',
        };
        if (plain) return rune.ToString();
        Span<byte> utf8 = stackalloc byte[4];
        var encoded = new StringBuilder(12);
        foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) encoded.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        return encoded.ToString();
    }
}
