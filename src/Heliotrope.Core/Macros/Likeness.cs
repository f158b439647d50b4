using System.Text.RegularExpressions;

namespace Heliotrope.Core.Macros;

/// <summary>
/// How alike words are, by the resemblance and containment of their word shingles (A. Broder, On the resemblance and containment of
/// documents, 1997). Merge fields are left out: what stands in their place differs each time.
/// </summary>
public static partial class Likeness
{
    /// <summary>Three in a row are enough to know words again, and few enough that a change of one leaves the rest.</summary>
    private const int InARow = 3;

    /// <summary>A quarter of the words, unchanged, are the words still: people write them into their own.</summary>
    private const double StillThere = 0.25;

    /// <summary>From here on two texts say the same.</summary>
    private const double Same = 0.6;

    /// <summary>Whether two texts say the same in nearly the same words.</summary>
    /// <param name="one">A text, with merge fields or without.</param>
    /// <param name="other">Another one.</param>
    public static bool IsSame(string one, string other)
    {
        var (ours, theirs) = (Shingles(one), Shingles(other));
        var both = ours.Count(theirs.Contains);
        return ours.Count + theirs.Count > 0 && (double)both / (ours.Count + theirs.Count - both) >= Same;
    }

    /// <summary>Whether words that were put into a text are still in it, however much was written around and between them.</summary>
    /// <param name="words">The words, with their merge fields; those that say nothing are in every text.</param>
    /// <param name="text">The text.</param>
    public static bool StandIn(string words, string text)
    {
        var ours = Shingles(words);
        var there = Shingles(text);
        return ours.Count == 0 || (double)ours.Count(there.Contains) / ours.Count >= StillThere;
    }

    /// <summary>How many words there are, merge fields not counted.</summary>
    /// <param name="text">A text.</param>
    public static int Words(string text) => MergeField().Split(text).Sum(part => Word().Count(part));

    private static HashSet<string> Shingles(string text)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in MergeField().Split(text))
        {
            var words = Word().Matches(part).Select(word => word.Value.ToLowerInvariant()).ToList();
            if (words.Count is > 0 and < InARow && part.Length == text.Length)
            {
                all.Add(string.Join(' ', words)); // so short that it is one
            }

            for (var i = 0; i + InARow <= words.Count; i++)
            {
                all.Add(string.Join(' ', words.Skip(i).Take(InARow)));
            }
        }

        return all;
    }

    [GeneratedRegex(@"\{\{[^{}\n]{1,300}\}\}", RegexOptions.None, 1000)]
    private static partial Regex MergeField();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
