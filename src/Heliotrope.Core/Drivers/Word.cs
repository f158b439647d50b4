using System.Globalization;
using System.Text;

namespace Heliotrope.Core.Drivers;

/// <summary>A word as it stands in a text, and as it is compared: without case, without apostrophes, in one form of each character.</summary>
/// <param name="Shown">As it stands.</param>
/// <param name="Folded">As it is compared.</param>
internal readonly record struct Word(string Shown, string Folded)
{
    /// <summary>More is not read: people say why they write at the start, and what follows is history or somebody's footer.</summary>
    private const int MostCharacters = 2_000;

    /// <summary>Scripts without spaces, and what is no language at all, are cut.</summary>
    private const int LongestWord = 40;

    /// <summary>The words of a text, in their order.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Its words.</returns>
    public static List<Word> Of(string text)
    {
        var words = new List<Word>();
        int start = 0, at = 0;
        var rest = text.AsSpan(0, Math.Min(text.Length, MostCharacters));
        foreach (var rune in rest.EnumerateRunes())
        {
            var alone = StandsAlone(rune);
            if (alone || !IsPart(rune) || at - start >= LongestWord)
            {
                Add(words, rest[start..at]);
                start = IsPart(rune) || alone ? at : at + rune.Utf16SequenceLength;
            }

            at = Math.Min(rest.Length, at + rune.Utf16SequenceLength);
            if (alone)
            {
                Add(words, rest[start..at]);
                start = at;
            }
        }

        Add(words, rest[Math.Min(start, rest.Length)..]);
        return words;
    }

    private static void Add(List<Word> words, ReadOnlySpan<char> found)
    {
        var shown = found.Trim("'’").ToString();
        if (shown.Length > 0)
        {
            // Upwards and down again: some letters meet only in their capital.
            var folded = shown.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal).ToUpperInvariant().ToLowerInvariant();
            words.Add(new(shown, Ascii.IsValid(folded) ? folded : folded.Normalize(NormalizationForm.FormKC)));
        }
    }

    private static bool IsPart(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '\'' or '’'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Chinese characters and Japanese syllables: there are no spaces between words of them.</summary>
    private static bool StandsAlone(Rune rune) => Rune.IsLetter(rune) && rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or >= 0x20000;
}
