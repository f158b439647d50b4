using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>One header field as it came: the name, and the bytes of the value with their folding.</summary>
internal sealed class HeaderField(string name, ReadOnlyMemory<byte> value)
{
    public string Name { get; } = name;

    /// <summary>The value on one line; encoded words are left as they are. Bare 8-bit text is guessed.</summary>
    public string Unfold(string? charset)
    {
        var text = Charsets.Decode(value.Span, Charsets.HasHighBytes(value.Span) ? charset : null, out _);
        if (text.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
        {
            return text.Trim();
        }
        var line = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' && (i + 1 == text.Length || text[i + 1] is not ('\r' or '\n')))
            {
                line.Append(' ');
            }
            else if (c is not ('\r' or '\n' or '\0'))
            {
                line.Append(c);
            }
        }
        return line.ToString().Trim();
    }
}
