using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>Tells which words stand between quotation marks: somebody else said them, or we did earlier.</summary>
internal static class PromiseFinderQuotes
{
    /// <summary>For each word of a passage whether it is quoted. A mark that nothing closes on its line quotes nothing.</summary>
    public static bool[] In(Passage passage)
    {
        var isQuoted = new bool[passage.Words.Count];
        var (began, closing) = (-1, '\0');
        for (var word = 0; word < isQuoted.Length; word++)
        {
            // The marks before a word; they may close what began earlier.
            var before = word == 0 ? passage.Text.AsSpan(0, passage.Words[0].At) : passage.After(word - 1);
            foreach (var mark in before)
            {
                if (mark == '\n' && word > 0 && passage.Words[word - 1].Sentence != passage.Words[word].Sentence)
                {
                    began = -1;
                }
                else if (began >= 0 && (mark == closing || (mark == '”' && closing == '“')))
                {
                    Array.Fill(isQuoted, true, began, word - began);
                    began = -1;
                }
                else if (began < 0 && Closing(mark, word > 0 && passage.Words[word - 1].IsNumber) is { } close)
                {
                    (began, closing) = (word, close);
                }
            }
        }

        if (began >= 0 && passage.Text.AsSpan(passage.Words[^1].End).Contains(closing))
        {
            Array.Fill(isQuoted, true, began, isQuoted.Length - began);
        }

        return isQuoted;
    }

    /// <summary>What closes a quotation that a mark opens; after a number it means inches.</summary>
    private static char? Closing(char mark, bool afterNumber) => mark switch
    {
        '„' or '“' => '“',
        '«' => '»',
        '»' => '«',
        '"' => afterNumber ? null : '"',
        _ => null,
    };
}
