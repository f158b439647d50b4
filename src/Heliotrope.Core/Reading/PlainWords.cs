using System.Buffers;

namespace Heliotrope.Core.Reading;

/// <summary>A word in small letters with straight apostrophes.</summary>
/// <param name="Plain">The word.</param>
/// <param name="Capital">Whether it was written with a capital letter and small ones after it.</param>
internal readonly record struct PlainWord(string Plain, bool Capital);

/// <summary>The words of a text by which its language can be told: no addresses, no codes, no numbers, no quoted lines.</summary>
internal static class PlainWords
{
    /// <summary>Signs that stand inside of programs, paths and addresses, hardly within a word.</summary>
    private static readonly SearchValues<char> Technical = SearchValues.Create("@/\\_=<>{}[]#$%^~|+*&;");

    /// <summary>Reads the words.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="most">How many letters are enough.</param>
    /// <returns>The words, in order.</returns>
    public static List<PlainWord> Of(string text, int most)
    {
        var words = new List<PlainWord>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (most <= 0)
            {
                break;
            }

            if (!line.TrimStart().StartsWith('>'))
            {
                foreach (var range in line.SplitAny([' ', '\t', '\u00a0', '\u202f', '\u3000']))
                {
                    most -= most > 0 ? ReadChunk(line[range], words) : 0;
                }
            }
        }

        return words;
    }

    private static int ReadChunk(ReadOnlySpan<char> chunk, List<PlainWord> words)
    {
        chunk = chunk.Trim("()[]{}<>\"'.,;:!?*_~–—-„“”«»‹›¿¡…");
        if (chunk.IsEmpty || chunk.ContainsAny(Technical) || chunk.Contains("::", StringComparison.Ordinal) || chunk.ContainsAnyInRange('0', '9'))
        {
            return 0;
        }

        var letters = 0;
        for (var at = 0; at < chunk.Length;)
        {
            if (!IsPart(chunk[at]))
            {
                at++;
                continue;
            }

            var from = at;
            while (at < chunk.Length && (IsPart(chunk[at]) || IsApostrophe(chunk[at])))
            {
                at++;
            }

            var word = chunk[from..at];
            words.Add(new(Plainly(word), char.IsUpper(word[0]) && !(word.Length > 1 && char.IsUpper(word[1]))));
            letters += word.Length;
        }

        return letters;
    }

    private static string Plainly(ReadOnlySpan<char> word) => string.Create(word.Length, word, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = Plain(from[i]);
        }
    });

    private static bool IsPart(char c) => char.IsLetter(c);

    private static bool IsApostrophe(char c) => c is '\'' or '’' or 'ʼ';

    /// <summary>Small, and of the usual width: mail from East Asia has wide Latin letters.</summary>
    private static char Plain(char c) => c switch
    {
        '’' or 'ʼ' => '\'',
        >= '\uFF21' and <= '\uFF3A' => (char)(c - 0xFEE0 + 32),
        >= '\uFF41' and <= '\uFF5A' => (char)(c - 0xFEE0),
        _ => char.ToLowerInvariant(c),
    };
}
