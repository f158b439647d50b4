namespace Heliotrope.Core.Drivers;

/// <summary>What a shred is made of.</summary>
internal enum ShredKind
{
    /// <summary>A whole word.</summary>
    Word,

    /// <summary>Two whole words near each other.</summary>
    Pair,

    /// <summary>A few letters within a word or at its edge.</summary>
    Piece,
}

/// <summary>
/// Something a text has that others may have, too: a word, two words near each other, or a few letters of one word.
/// Only a hash of 64 bits is kept: two different shreds that share one are not to be expected.
/// </summary>
/// <param name="Hash">Which one it is.</param>
/// <param name="Word">Index of the word that it begins in.</param>
/// <param name="Kind">What it is made of.</param>
internal readonly record struct Shred(ulong Hash, int Word, ShredKind Kind)
{
    /// <summary>Words up to this far apart make a pair.</summary>
    private const int Near = 3;

    private const int ShortestPiece = 2;
    private const int LongestPiece = 5;

    /// <summary>All shreds of a text, as often as they are there.</summary>
    /// <param name="words">The words of the text.</param>
    /// <returns>The shreds.</returns>
    public static List<Shred> Of(IReadOnlyList<Word> words)
    {
        var shreds = new List<Shred>(words.Count * 16);
        // The edges of the text count as words, so that how it begins and how it ends is told, too.
        var hashes = words.Select(word => Hashed(word.Folded, 1)).Prepend(2UL).Append(3UL).ToArray();
        for (var i = 0; i < words.Count; i++)
        {
            shreds.Add(new(hashes[i + 1], i, ShredKind.Word));
            Pieces(words[i].Folded, i, shreds);
        }

        for (var i = 0; i < hashes.Length; i++)
        {
            for (var far = 1; far <= Near && i + far < hashes.Length; far++)
            {
                // Neighbours are another thing than words with something between them.
                var pair = Mixer.Mix((hashes[i] * 31) + Mixer.Mix(hashes[i + far] + (far == 1 ? 0UL : 5UL)));
                shreds.Add(new(pair, Math.Clamp(i - 1, 0, Math.Max(0, words.Count - 1)), ShredKind.Pair));
            }
        }

        return shreds;
    }

    private static void Pieces(string word, int index, List<Shred> shreds)
    {
        var edged = $" {word} ";
        for (var length = ShortestPiece; length <= LongestPiece; length++)
        {
            if (edged.Length <= length)
            {
                shreds.Add(new(Hashed(edged, 4), index, ShredKind.Piece));
                return;
            }

            for (var i = 0; i + length <= edged.Length; i++)
            {
                shreds.Add(new(Hashed(edged.AsSpan(i, length), 4), index, ShredKind.Piece));
            }
        }
    }

    private static ulong Hashed(ReadOnlySpan<char> text, ulong kind)
    {
        var hash = 14695981039346656037UL + kind;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL; // FNV-1a, then mixed
        }

        return Mixer.Mix(hash);
    }
}
