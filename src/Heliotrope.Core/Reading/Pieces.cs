using System.Text;

namespace Heliotrope.Core.Reading;

/// <summary>Cuts words into the pieces that <see cref="LanguageTable"/> knows.</summary>
internal static class Pieces
{
    private const int Length = 4;
    private const int Step = 3;

    /// <summary>A longer word is none; what its beginning says is enough.</summary>
    private const int LongestWord = 70;

    /// <summary>Adds the pieces of a word: from its beginning on four bytes at each third, then its end.</summary>
    /// <param name="word">Letters and apostrophes, in small letters.</param>
    /// <param name="pieces">Where they go.</param>
    public static void Of(ReadOnlySpan<char> word, HashSet<ulong> pieces)
    {
        Span<byte> bytes = stackalloc byte[LongestWord * 3];
        var count = Math.Min(Encoding.UTF8.GetBytes(word[..Math.Min(word.Length, LongestWord)], bytes), LongestWord);
        var at = 0;
        for (; at + Length < count; at += Step)
        {
            pieces.Add(Pack(bytes.Slice(at, Length), first: at == 0, last: false));
        }

        pieces.Add(Pack(bytes[Math.Max(0, count - Length)..count], first: at == 0, last: true));
    }

    private static ulong Pack(ReadOnlySpan<byte> bytes, bool first, bool last)
    {
        ulong piece = first ? ' ' : 0ul;
        foreach (var value in bytes)
        {
            piece = (piece << 8) | value;
        }

        return last ? (piece << 8) | ' ' : piece;
    }
}
