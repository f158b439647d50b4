namespace Heliotrope.Core.Search;

/// <summary>A piece of an excerpt.</summary>
/// <param name="Text">The words.</param>
/// <param name="Marked">They are what was looked for.</param>
public sealed record ExcerptPiece(string Text, bool Marked);

/// <summary>The place of a text where what was looked for stands.</summary>
public static class Excerpt
{
    /// <summary>In characters: what a row of a list shows.</summary>
    public const int Length = 180;

    /// <summary>So many characters are shown before the first word that was found.</summary>
    private const int Before = 50;

    /// <summary>Cuts the place out.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="all">What was looked for.</param>
    /// <param name="length">How many characters to show at most.</param>
    /// <returns>The pieces; the beginning of the text when nothing is found in it.</returns>
    public static IReadOnlyList<ExcerptPiece> Of(string text, IReadOnlyCollection<Sought> all, int length = Length)
    {
        var found = Sought.Places(text).Where(place => IsSought(Sought.Fold(text.Substring(place.At, place.Length)), all));
        var (start, first) = (0, true);
        var (pieces, shown) = (new List<ExcerptPiece>(), 0);
        foreach (var (at, count) in found)
        {
            if (first)
            {
                start = at <= Before ? 0 : WordAt(text, at - Before, at);
                (shown, first) = (start, false);
            }

            if (at + count > start + length)
            {
                break;
            }

            Add(pieces, text[shown..at], false);
            Add(pieces, text.Substring(at, count), true);
            shown = at + count;
        }

        var end = Math.Max(shown, Math.Min(text.Length, start + length));
        if (end < text.Length && end > shown)
        {
            end = Math.Max(shown, text.LastIndexOf(' ', end - 1, end - shown) is > 0 and var blank ? blank : Whole(text, end));
        }

        Add(pieces, text[shown..end], false);
        if (start > 0)
        {
            pieces.Insert(0, new("… ", false));
        }

        if (end < text.Length && !string.IsNullOrWhiteSpace(text[end..]))
        {
            pieces.Add(new(" …", false));
        }

        return pieces;
    }

    private static bool IsSought(string word, IReadOnlyCollection<Sought> all) => all.Any(one => Enumerable.Range(0, one.Words.Count).Any(at => one.Matches(word, at)));

    /// <summary>One line: an excerpt shows words and not how they were set.</summary>
    private static void Add(List<ExcerptPiece> pieces, string text, bool marked)
    {
        if (text.Length > 0)
        {
            pieces.Add(new(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)), marked));
        }
    }

    private static int WordAt(string text, int from, int most) => text.IndexOf(' ', from, most - from) is >= 0 and var blank ? blank + 1 : Whole(text, from);

    /// <summary>Never between the two halves of a sign.</summary>
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
