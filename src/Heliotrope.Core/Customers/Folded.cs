using System.Globalization;
using System.Text;

namespace Heliotrope.Core.Customers;

/// <summary>Text as it is compared where no database is asked about letters: small, and without marks.</summary>
public static class Folded
{
    /// <summary>The longest that is kept.</summary>
    public const int Longest = 200;

    /// <summary>Folds a text: "José  ØRSTED" and "jose orsted" are one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text as it is compared.</returns>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in OneLine(text).Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                _ = char.ToLowerInvariant(c) switch
                {
                    'ß' => folded.Append("ss"),
                    'ø' => folded.Append('o'),
                    'ł' => folded.Append('l'),
                    'æ' => folded.Append("ae"),
                    'œ' => folded.Append("oe"),
                    'đ' => folded.Append('d'),
                    var plain => folded.Append(plain),
                };
            }
        }

        var whole = folded.ToString().Normalize(NormalizationForm.FormC);
        return whole.Length <= Longest ? whole : whole[..(char.IsHighSurrogate(whole[Longest - 1]) ? Longest - 1 : Longest)];
    }

    /// <summary>A text on one line, each space once, nothing in it that cannot be seen, and no half of a character.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text on one line.</returns>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }
}
