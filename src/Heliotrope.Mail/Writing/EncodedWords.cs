using System.Globalization;
using System.Text;

namespace Heliotrope.Mail.Writing;

/// <summary>Text beyond ASCII in headers (RFC 2047), always UTF-8.</summary>
internal static class EncodedWords
{
    // RFC 2047 section 2 allows 75; a shorter word leaves room for the header's name on the first line.
    private const int MaxWord = 64;
    private const int Frame = 12;

    /// <summary>Words that a reader joins to the text again. No character is split between two of them.</summary>
    public static IEnumerable<string> Encode(string text)
    {
        // Letters of other scripts are shorter in base 64; a few accents are readable in Q.
        var runes = text.EnumerateRunes().ToList();
        var q = runes.Sum(rune => Quoted(rune).Length) <= runes.Sum(rune => rune.Utf8SequenceLength) * 4 / 3 + 4;
        var word = new StringBuilder();
        var bytes = 0;
        foreach (var rune in runes)
        {
            var grown = q ? word.Length + Quoted(rune).Length : (bytes + rune.Utf8SequenceLength + 2) / 3 * 4;
            if (grown > MaxWord - Frame)
            {
                yield return Framed(word.ToString(), q);
                word.Clear();
                bytes = 0;
            }
            word.Append(q ? Quoted(rune) : rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }
        if (word.Length > 0) yield return Framed(word.ToString(), q);
    }

    private static string Framed(string word, bool q)
        => q ? $"=?utf-8?Q?{word}?=" : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word))}?=";

    /// <summary>The form that is allowed everywhere, in display names too (RFC 2047 section 5, rule 3).</summary>
    private static string Quoted(Rune rune)
    {
        if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '!' or '*' or '+' or '-' or '/')) return rune.ToString();
        if (rune.Value == ' ') return "_";
        Span<byte> utf8 = stackalloc byte[4];
        var encoded = new StringBuilder(12);
        foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) encoded.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        return encoded.ToString();
    }
}
