using System.Globalization;
using System.Text;

namespace Heliotrope.Core.Phrases;

/// <summary>Writes words so that the ways in which people type them are equal: <c>Verspätung</c>, <c>VERSPAETUNG</c>; <c>déçu</c>, <c>decu</c>; <c>don’t</c>, <c>don't</c>.</summary>
public static class Plainly
{
    /// <summary>Writes a word or a few plainly.</summary>
    /// <param name="text">The words; anything is allowed, half characters too.</param>
    /// <returns>Lower case without accents, umlauts written out.</returns>
    public static string Fold(ReadOnlySpan<char> text)
    {
        if (IsPlain(text))
        {
            return text.ToString();
        }

        var folded = new StringBuilder(text.Length + 4);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(folded, Rune.ToLowerInvariant(rune));
        }

        return folded.ToString();
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAscii(c) || char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        return true;
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        switch (rune.Value)
        {
            case 'ä' or 'æ': folded.Append("ae"); return;
            case 'ö' or 'œ': folded.Append("oe"); return;
            case 'ü': folded.Append("ue"); return;
            case 'ß': folded.Append("ss"); return;
            case 'ø': folded.Append('o'); return;
            case 'ł': folded.Append('l'); return;
            case '’' or '‘' or 'ʼ' or '´' or '`': folded.Append('\''); return;
            case 0x308 when folded.Length > 0 && folded[^1] is 'a' or 'o' or 'u': folded.Append('e'); return; // an umlaut that came in two pieces
        }

        if (rune.IsAscii)
        {
            folded.Append((char)rune.Value);
            return;
        }

        // One character at a time: half a character has become U+FFFD by now, so that nothing here can fail to be normalized.
        foreach (var piece in rune.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(piece) is not UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(piece));
            }
        }
    }
}
