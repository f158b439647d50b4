using System.Buffers;
using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>The small repairs that addresses and display names need.</summary>
internal static class AddressText
{
    private static readonly SearchValues<char> NotInDomain = SearchValues.Create("<>()\",;:\\ @");

    /// <summary>The bare address with its domain in lower case; null when it is none.</summary>
    public static string? Clean(string raw)
    {
        var text = raw.Contains("=?", StringComparison.Ordinal) ? HeaderText.Decode(raw) : raw;
        if (text.Contains('(', StringComparison.Ordinal))
        {
            text = WithoutComments(text);
        }
        text = text.Trim().Trim('<', '>', '\'').Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            text = text[7..];
        }
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1 || text.Length > 1000)
        {
            return null;
        }
        // A route "@a,@b:user@c" is obsolete and means nothing.
        var colon = text[0] == '@' ? text.IndexOf(':', StringComparison.Ordinal) : -1;
        var local = colon < at ? text[(colon + 1)..at] : "";
        var domain = Squeeze(text[(at + 1)..]).Trim('.').ToLowerInvariant();
        if (!local.StartsWith('"'))
        {
            local = Squeeze(local);
        }
        return local.Length == 0 || domain.Length == 0 || !IsPlain(local) || (domain.AsSpan().IndexOfAny(NotInDomain) >= 0 && !domain.StartsWith('['))
            ? null
            : local + "@" + domain;
    }

    /// <summary>Finds the address in words without angle brackets; the other words are the name.</summary>
    public static (string? Address, string Name) TakeFrom(string words)
    {
        if (!words.Contains('@', StringComparison.Ordinal))
        {
            return (null, words);
        }
        if (words.StartsWith('"') || words.Contains(" @", StringComparison.Ordinal) || words.Contains("@ ", StringComparison.Ordinal))
        {
            return (Clean(words), "");
        }
        var parts = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var index = Array.FindLastIndex(parts, part => Clean(part.Trim('[', ']')) is not null);
        return index < 0
            ? (null, words)
            : (Clean(parts[index].Trim('[', ']')), string.Join(' ', parts.Where((_, i) => i != index)));
    }

    public static string Name(string raw)
    {
        var name = HeaderText.Decode(raw.Replace("\\\"", "\"", StringComparison.Ordinal));
        var tidy = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return tidy.Length > 1 && tidy[0] == tidy[^1] && tidy[0] is '"' or '\'' ? tidy.Trim(tidy[0]).Trim() : tidy;
    }

    private static bool IsPlain(string local) =>
        local.StartsWith('"')
            ? !local.Any(char.IsControl)
            : !local.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or ':' or '"' or '(' or ')');

    private static string Squeeze(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))]);

    private static string WithoutComments(string text)
    {
        var kept = new StringBuilder();
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '(' ? 1 : 0;
            if (depth == 0)
            {
                kept.Append(c);
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return kept.ToString();
    }
}
