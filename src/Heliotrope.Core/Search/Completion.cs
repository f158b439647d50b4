namespace Heliotrope.Core.Search;

/// <summary>What is being typed in a query: an operator's name, or a value of one.</summary>
/// <param name="Start">Where the piece begins that a choice takes the place of.</param>
/// <param name="Length">How long that piece is.</param>
/// <param name="Typed">What of it is typed already.</param>
/// <param name="Operator">The operator whose value it is; null when it may be an operator's name.</param>
public sealed record Completion(int Start, int Length, string Typed, Operator? Operator)
{
    /// <summary>Looks at the word that the cursor stands in or behind.</summary>
    /// <param name="text">The query.</param>
    /// <param name="caret">Where the cursor stands.</param>
    /// <returns>What could be completed; null within a quotation of words.</returns>
    public static Completion? At(string text, int caret)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        var (start, quote, quoted) = (0, -1, false);
        for (var at = 0; at < caret; at++)
        {
            if (text[at] == '"')
            {
                (quoted, quote) = (!quoted, at);
            }
            else if (!quoted && char.IsWhiteSpace(text[at]))
            {
                start = at + 1;
            }
        }

        start += start < caret && text[start] == '-' ? 1 : 0;
        var word = text[start..caret];
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return quoted || !word.All(char.IsAsciiLetter) ? null : new(start, word.Length, word, null);
        }

        if (Operators.Find(word[..colon]) is not { } of)
        {
            return null;
        }

        var from = start + colon + 1;
        for (var at = from; at < caret; at++)
        {
            from = text[at] == ',' && (!quoted || at < quote) && !Within(text, start + colon + 1, at) ? at + 1 : from;
        }

        while (from < caret && text[from] is '<' or '>' or '=')
        {
            from++;
        }

        return new(from, caret - from, text[from..caret].Trim('"'), of);
    }

    /// <summary>The operators that begin so.</summary>
    public IEnumerable<Operator> Names => Operator is null ? Operators.All.Where(o => o.Name.StartsWith(Typed, StringComparison.OrdinalIgnoreCase)) : [];

    /// <summary>The choices of the operator that begin so.</summary>
    public IEnumerable<string> Choices => Operator is { } of ? of.Choices.Where(c => c.StartsWith(Typed, StringComparison.OrdinalIgnoreCase)) : [];

    /// <summary>A value as it stands in a query.</summary>
    /// <param name="value">The value.</param>
    public static string Written(string value) => Quoting.Value(value);

    private static bool Within(string text, int from, int at) => text.AsSpan(from, at - from).Count('"') % 2 == 1;
}
