namespace Heliotrope.Core.Reading;

/// <summary>
/// Tells the language of a text, offline. A language with letters of its own is told by them. Of the others the pieces of words are weighed
/// (a sum of logarithms for each language: naive Bayes, T. Dunning, Statistical Identification of Language, 1994; with pieces that know where
/// a word begins and ends, W. Cavnar and J. Trenkle, N-Gram-Based Text Categorization, 1994), and small words weigh more than their letters.
/// Says nothing when unsure.
/// </summary>
public static class LanguageReading
{
    /// <summary>Enough to tell, and a bound on the work for a long text.</summary>
    private const int MostLetters = 1_000;

    /// <summary>What a small word of one language alone is worth; one of several languages is worth its share.</summary>
    private const int SmallWord = 150;

    /// <summary>What a piece weighs at least on the average when the text is in the language: less, and it is in one that we do not know.</summary>
    private const int Weight = 60;

    /// <summary>How far the first must be ahead of the second, and how much of its own score that must be: sisters share most pieces.</summary>
    private const int Lead = 80;
    private const double LeadShare = 0.03;

    /// <summary>Fewer words without a small one among them are a name or a thing, and the same in every language.</summary>
    private const int EnoughWords = 3;

    /// <summary>So many words that only another language has, beside less than twice as many of its own, and the text is in both.</summary>
    private const int OtherWords = 3;

    /// <summary>Tells the language.</summary>
    /// <param name="text">What somebody wrote; anything is allowed.</param>
    /// <returns>ISO 639-1, or null when it cannot be told.</returns>
    public static string? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = PlainWords.Of(text, MostLetters);
        return ByLetters(words) ?? ByPieces(words);
    }

    /// <summary>The languages in which we can answer, the likeliest first, for a text that is too short to tell its language.</summary>
    /// <param name="text">The text.</param>
    internal static IReadOnlyList<string> Likeliest(string text)
    {
        var table = LanguageTable.Instance;
        var scores = new int[table.Languages.Count];
        Weigh(PlainWords.Of(text, MostLetters), scores);
        return [.. SmallWords.Languages.OrderByDescending(language => scores[table.Place(language)])];
    }

    private static string? ByLetters(List<PlainWord> words)
    {
        var (all, counts) = (0, new Dictionary<string, int>());
        foreach (var c in words.SelectMany(word => word.Plain))
        {
            if (Letters.Language(c) is { } language)
            {
                all++;
                counts[language] = counts.GetValueOrDefault(language) + 1;
            }
        }

        // Japanese is written with Chinese signs, too, but never without its own for long.
        if (counts.TryGetValue("ja", out var kana))
        {
            counts["ja"] = kana + counts.GetValueOrDefault("zh");
            counts.Remove("zh");
        }

        return counts.Where(count => count.Key.Length > 0 && count.Value * 2 > all).Select(count => count.Key).FirstOrDefault();
    }

    private static string? ByPieces(List<PlainWord> words)
    {
        var table = LanguageTable.Instance;
        Span<int> scores = stackalloc int[table.Languages.Count];
        var seen = Weigh(words, scores);
        var (best, second) = Best(scores);
        var lead = scores[best] - scores[second];
        return scores[best] >= Weight * Math.Max(1, seen.Pieces) && lead >= Lead && lead >= LeadShare * scores[best]
            && (seen.Small.Contains(table.Languages[best]) || (seen.Words >= EnoughWords && !words.TrueForAll(word => word.Capital)))
            && !IsMixed(seen.Own, table.Languages[best])
            ? table.Languages[best] : null;
    }

    /// <summary>Gives each language its score.</summary>
    private static Seen Weigh(List<PlainWord> words, Span<int> scores)
    {
        var table = LanguageTable.Instance;
        var (pieces, seen) = (new HashSet<ulong>(), new HashSet<string>());
        var (small, own) = (new HashSet<string>(), new Dictionary<string, int>());
        foreach (var (word, _) in words)
        {
            if (seen.Add(word))
            {
                Pieces.Of(word, pieces);
                var languages = SmallWords.LanguagesOf(word);
                small.UnionWith(languages);
                if (languages is [var only])
                {
                    own[only] = own.GetValueOrDefault(only) + 1;
                }

                foreach (var language in languages)
                {
                    scores[table.Place(language)] += SmallWord / languages.Count;
                }
            }
        }

        foreach (var piece in pieces)
        {
            table.Add(piece, scores);
        }

        return new(seen.Count, pieces.Count, small, own);
    }

    private static bool IsMixed(Dictionary<string, int> own, string best) =>
        own.TryGetValue(best, out var ours) && own.Any(words => words.Key != best && words.Value >= OtherWords && words.Value * 2 > ours);

    private static (int Best, int Second) Best(ReadOnlySpan<int> scores)
    {
        var (best, second) = scores[0] >= scores[1] ? (0, 1) : (1, 0);
        for (var i = 2; i < scores.Length; i++)
        {
            (best, second) = scores[i] > scores[best] ? (i, best) : scores[i] > scores[second] ? (best, i) : (best, second);
        }

        return (best, second);
    }

    /// <summary>What was seen: how many words and pieces, which languages have small words there, and how many that no other has.</summary>
    private sealed record Seen(int Words, int Pieces, HashSet<string> Small, Dictionary<string, int> Own);
}
