using System.Buffers;
using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Makes text of a text part: transfer encoding, charset, line ends, flowed lines.</summary>
internal static class PartText
{
    private static readonly SearchValues<char> AfterName = SearchValues.Create("\"'>; /");

    public static string Read(MimePart part, ReadContext context)
    {
        var isHtml = part.Type.Value is "text/html" or "application/xhtml+xml";
        var room = isHtml ? context.Html : context.Text;
        // No charset needs more than four bytes for a character, but escapes and marks may stand between.
        var bytes = part.Decode((int)Math.Min(int.MaxValue, (room * 5L) + 64), context).Span;
        var charset = part.Type["charset"];
        if (string.IsNullOrWhiteSpace(charset) && part.Type.Value == "text/html")
        {
            charset = CharsetInHtml(bytes);
        }
        var text = Charsets.Decode(bytes, charset, out var problem);
        if (problem is not null)
        {
            context.Defect(problem, charset ?? "the charset was guessed");
        }
        if (text.Length > room)
        {
            context.Defect("limit.text", $"only {context.Limits.MaxTextChars} characters were kept");
            text = text[..room];
        }
        context.Html -= isHtml ? text.Length : 0;
        context.Text -= isHtml ? 0 : text.Length;
        text = NormaliseLines(text);
        var flowed = part.Type.Value == "text/plain" && string.Equals(part.Type["format"], "flowed", StringComparison.OrdinalIgnoreCase);
        return flowed ? FlowedText.Unflow(text, string.Equals(part.Type["delsp"], "yes", StringComparison.OrdinalIgnoreCase)) : text;
    }

    /// <summary>LF only, and none of the characters that no store or page can hold.</summary>
    public static string NormaliseLines(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\0', '\uFEFF') < 0 && !HasLoneSurrogate(text))
        {
            return text;
        }
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                // CR LF and CR CR LF are one line end.
                while (i + 1 < text.Length && text[i + 1] == '\r')
                {
                    i++;
                }
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                result.Append('\n');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(c).Append(text[++i]);
            }
            else if (c is not ('\0' or '\uFEFF'))
            {
                result.Append(char.IsSurrogate(c) ? '\uFFFD' : c);
            }
        }
        return result.ToString();
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>HTML may name its charset itself, near its beginning.</summary>
    private static string? CharsetInHtml(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        var at = head.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }
        var value = head.AsSpan(at + 8).TrimStart(" \"'");
        var end = value.IndexOfAny(AfterName);
        var name = (end < 0 ? value : value[..end]).ToString();
        return name.Length is > 0 and < 40 && Charsets.IsKnown(name) ? name : null;
    }
}
