namespace Heliotrope.Mail.Html;

/// <summary>One declaration of a style.</summary>
internal sealed record CssDeclaration(string Name, string Value, bool Important);

/// <summary>Keeps the declarations of a style attribute that only change how text and boxes look where they are.</summary>
internal static class CssCleaner
{
    private const int MaxLength = 4000;
    private const int MaxDeclarations = 100;

    private static readonly HashSet<string> Properties =
    [
        "background", "background-color", "border-collapse", "border-spacing", "box-sizing", "caption-side", "clear", "color",
        "direction", "display", "empty-cells", "float", "height", "letter-spacing", "line-height", "list-style",
        "list-style-position", "list-style-type", "max-height", "max-width", "min-height", "min-width", "opacity", "overflow",
        "overflow-wrap", "quotes", "table-layout", "text-align", "text-decoration", "text-decoration-color",
        "text-decoration-line", "text-decoration-style", "text-indent", "text-overflow", "text-transform", "unicode-bidi",
        "vertical-align", "visibility", "white-space", "width", "word-break", "word-spacing", "word-wrap",
    ];

    private static readonly string[] Families = ["border", "font", "margin", "padding"];

    private static readonly HashSet<string> Functions = ["rgb", "rgba", "hsl", "hsla", "calc", "min", "max", ""];

    /// <summary>The declarations that may stay, in order; those that say "!important" without that word and last.</summary>
    public static List<CssDeclaration> Read(string style)
    {
        var kept = new List<CssDeclaration>();
        if (style.Length > MaxLength)
        {
            return kept;
        }
        foreach (var declaration in Split(style))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                continue;
            }
            var name = declaration[..colon].Trim().ToLowerInvariant();
            var value = string.Join(' ', declaration[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var important = value.EndsWith("!important", StringComparison.OrdinalIgnoreCase);
            value = important ? value[..^10].TrimEnd() : value;
            if (kept.Count < MaxDeclarations && IsAllowed(name) && IsHarmless(name, value))
            {
                kept.Add(new CssDeclaration(name, value, important));
            }
        }
        return kept;
    }

    /// <summary>Of several declarations of one property the last one counts, and important ones count more; null when there is none.</summary>
    public static string? Write(IEnumerable<CssDeclaration> declarations)
    {
        var winners = new List<CssDeclaration>();
        foreach (var declaration in declarations.OrderBy(declaration => declaration.Important))
        {
            winners.RemoveAll(earlier => earlier.Name == declaration.Name);
            winners.Add(declaration);
        }
        return winners.Count == 0 ? null : string.Join("; ", winners.Select(winner => winner.Name + ": " + winner.Value));
    }

    private static bool IsAllowed(string name) =>
        Properties.Contains(name)
        || Array.Exists(Families, family => name == family || (name.StartsWith(family + "-", StringComparison.Ordinal)
            && name.AsSpan().IndexOfAnyExceptInRange('-', 'z') < 0 && !name.Contains("image", StringComparison.Ordinal)));

    /// <summary>At semicolons, but not within quotes or parentheses.</summary>
    private static IEnumerable<string> Split(string style)
    {
        var start = 0;
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < style.Length; i++)
        {
            var c = style[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c is '(' or ')')
            {
                depth += c == '(' ? 1 : -1;
            }
            else if (c == ';' && depth <= 0)
            {
                yield return style[start..i];
                start = i + 1;
            }
        }
        yield return style[start..];
    }

    /// <summary>A quote or a parenthesis that is never closed would take in the declarations that are written after it.</summary>
    private static bool IsClosed(string value)
    {
        var depth = 0;
        var quote = '\0';
        foreach (var c in value)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c is '(' or ')' && (depth += c == '(' ? 1 : -1) < 0)
            {
                return false;
            }
        }
        return depth == 0 && quote == '\0';
    }

    /// <summary>Only plain characters, only functions that compute, and nothing that pulls a box out of its place.</summary>
    private static bool IsHarmless(string name, string value)
    {
        if (value.Length is 0 or > 500 || value.Contains("//", StringComparison.Ordinal) || value.Contains("/*", StringComparison.Ordinal)
            || !IsClosed(value))
        {
            return false;
        }
        var word = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '(' && !Functions.Contains(value[word..i].ToLowerInvariant()))
            {
                return false;
            }
            if (!char.IsLetterOrDigit(c) && !" #%.,()'\"!+*/_-".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
            word = char.IsLetterOrDigit(c) || c is '-' or '_' ? word : i + 1;
            var negative = c == '-' && i + 1 < value.Length && (char.IsDigit(value[i + 1]) || value[i + 1] == '.');
            if (negative && (i == 0 || value[i - 1] is ' ' or '(') && name is not ("letter-spacing" or "word-spacing"))
            {
                return false;
            }
        }
        return true;
    }
}
