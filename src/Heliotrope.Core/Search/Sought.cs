using System.Text;

namespace Heliotrope.Core.Search;

/// <summary>Words to look for that stand one after the other, as an index keeps them: small, without accents, and nothing but letters and digits.</summary>
/// <param name="Words">The words; at least one.</param>
/// <param name="Begins">The last word is only the beginning of one.</param>
public sealed record Sought(IReadOnlyList<string> Words, bool Begins)
{
    private const char FirstMark = '\u0300', LastMark = '\u036f';

    /// <summary>What a query looks for.</summary>
    /// <param name="terms">Words and phrases.</param>
    /// <param name="typing">Somebody still types: of the last word only the beginning is there. One letter alone is not looked for as a beginning.</param>
    /// <returns>One for each term that has a word.</returns>
    public static IReadOnlyList<Sought> Of(IEnumerable<TextTerm> terms, bool typing = false)
    {
        var all = terms.Select(t => (Term: t, Words: Of(t.Text))).Where(t => t.Words.Count > 0).ToList();
        return [.. all.Select((t, at) => new Sought(t.Words, typing && at == all.Count - 1 && !t.Term.Phrase && t.Words[^1].Length > 1))];
    }

    /// <summary>The words of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>In their order.</returns>
    public static IReadOnlyList<string> Of(string text) => [.. Places(text).Select(place => Fold(text.Substring(place.At, place.Length))).Where(word => word.Length > 0)];

    /// <summary>Small letters without accents.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text as an index keeps it.</returns>
    public static string Fold(string text)
    {
        if (text.All(char.IsAscii))
        {
            return text.ToLowerInvariant();
        }

        var bare = new StringBuilder(text.Length);
        foreach (var c in Decomposed(text.ToLowerInvariant()))
        {
            if (c is < FirstMark or > LastMark)
            {
                bare.Append(c);
            }
        }

        return bare.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Whether a text has all of these, each in its order.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="all">What is looked for.</param>
    public static bool AllIn(string text, IReadOnlyCollection<Sought> all)
    {
        var words = Of(text);
        return all.All(one => one.IsIn(words));
    }

    internal bool Matches(string word, int at) => at == Words.Count - 1 && Begins ? word.StartsWith(Words[at], StringComparison.Ordinal) : word == Words[at];

    /// <summary>Where the words of a text stand.</summary>
    internal static IEnumerable<(int At, int Length)> Places(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || (at > start && text[at] is >= FirstMark and <= LastMark)))
            {
                at++;
            }

            if (at > start)
            {
                yield return (start, at - start);
            }
        }
    }

    private bool IsIn(IReadOnlyList<string> words)
    {
        for (var start = 0; start + Words.Count <= words.Count; start++)
        {
            var at = 0;
            while (at < Words.Count && Matches(words[start + at], at))
            {
                at++;
            }

            if (at == Words.Count)
            {
                return true;
            }
        }

        return false;
    }

    private static string Decomposed(string text) => text.Any(char.IsSurrogate) ? text : text.Normalize(NormalizationForm.FormD);
}
