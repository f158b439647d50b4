using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Takes <c>value; name=value; …</c> apart, with comments, RFC 2231 pieces and the usual mistakes.</summary>
internal static class ParameterParser
{
    private const int MaxParameters = 200;
    private const int MaxLength = 64 * 1024;

    public static (string Value, Dictionary<string, string> Parameters) Parse(string header)
    {
        var comments = true;
        header = header.Length > MaxLength ? header[..MaxLength] : header;
        var position = 0;
        var value = new string([.. ReadUntil(header, ref position, ";", ref comments).Where(c => !char.IsWhiteSpace(c))]).ToLowerInvariant();
        var pieces = new List<ParameterPiece>();
        // A first word that is itself a parameter: the type was forgotten.
        if (value.Contains('=', StringComparison.Ordinal))
        {
            position = 0;
            value = "";
        }
        while (position < header.Length && pieces.Count < MaxParameters)
        {
            var name = ReadUntil(header, ref position, "=;", ref comments).Trim();
            if (position > 0 && position <= header.Length && header[position - 1] == '=')
            {
                var text = ReadValue(header, ref position, out var quoted);
                if (name.Length is > 0 and < 100)
                {
                    pieces.Add(new ParameterPiece(name.ToLowerInvariant(), text, quoted));
                }
            }
        }
        return (value, ParameterPiece.Join(pieces));
    }

    /// <summary>Up to one of <paramref name="stops"/>, which is passed; comments are left out.</summary>
    private static string ReadUntil(string text, ref int position, string stops, ref bool comments)
    {
        var word = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position++];
            if (c == '(' && comments)
            {
                comments = SkipComment(text, ref position);
            }
            else if (stops.Contains(c, StringComparison.Ordinal))
            {
                break;
            }
            else
            {
                word.Append(c);
            }
        }
        return word.ToString();
    }

    /// <summary>Past the closing parenthesis; false when it is never closed, and then no later one is looked at.</summary>
    private static bool SkipComment(string text, ref int position)
    {
        var depth = 1;
        for (var i = position; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                position = i + 1;
                return true;
            }
            i += text[i] == '\\' ? 1 : 0;
        }
        return false;
    }

    private static string ReadValue(string text, ref int position, out bool quoted)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
        quoted = position < text.Length && text[position] == '"';
        return quoted ? ReadQuoted(text, ref position) : ReadToken(text, ref position);
    }

    private static string ReadQuoted(string text, ref int position)
    {
        var value = new StringBuilder();
        position++;
        while (position < text.Length && text[position] != '"')
        {
            // Windows paths come unescaped; only these two letters really are escaped.
            if (text[position] == '\\' && position + 1 < text.Length && text[position + 1] is '"' or '\\')
            {
                position++;
            }
            if (position < text.Length)
            {
                value.Append(text[position++]);
            }
        }
        // Nothing after the quote belongs to the value.
        position = Math.Min(text.Length, position + 1);
        var next = position;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }
        position = next < text.Length && text[next] == ';' ? next + 1 : next;
        return value.ToString();
    }

    /// <summary>Up to the semicolon; also up to white space when another <c>name=</c> follows, whose semicolon was forgotten.</summary>
    private static string ReadToken(string text, ref int position)
    {
        var start = position;
        var semicolon = text.IndexOf(';', position);
        var end = semicolon < 0 ? text.Length : semicolon;
        position = semicolon < 0 ? text.Length : semicolon + 1;
        var space = text.AsSpan(start, end - start).IndexOfAny(' ', '\t');
        var equals = space < 0 ? -1 : text.AsSpan(start + space, end - start - space).IndexOf('=');
        if (equals > 0)
        {
            var between = text.AsSpan(start + space, equals).Trim();
            if (between.Length > 0 && between.IndexOfAnyExceptInRange('!', '~') < 0 && between.IndexOfAny('?', '(') < 0)
            {
                position = start + space;
                return text[start..position];
            }
        }
        var value = text[start..end].Trim();
        var comment = value.EndsWith(')') ? value.IndexOf(" (", StringComparison.Ordinal) : -1;
        return comment > 0 ? value[..comment].TrimEnd() : value.TrimEnd('"');
    }
}
