using Heliotrope.Core.Phrases;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Happiness;

/// <summary>Whether a customer says again what they had said before (docs/method.md, A1): they tell us so, or nearly all the words are those of an earlier message.</summary>
public static class SaidAgain
{
    /// <summary>Of fewer telling words too many are alike by chance.</summary>
    private const int Enough = 6;

    /// <summary>A shorter word tells little.</summary>
    private const int Telling = 4;

    /// <summary>So much of the new words stood in one earlier message.</summary>
    private const double Same = 0.75;

    /// <summary>More of one text is not looked at.</summary>
    private const int MostCharacters = 10_000;

    /// <summary>Whether it is said again.</summary>
    /// <param name="words">The new words of a message.</param>
    /// <param name="earlier">What they had written before, in any order.</param>
    /// <returns>Whether it is.</returns>
    public static bool Is(string words, IReadOnlyList<string> earlier)
    {
        if (earlier.Count == 0)
        {
            return false;
        }

        var passage = Passage.Of(Beginning(words));
        if (PhraseBook.Languages(MessageReading.Room).Any(language => PhraseBook.Of(MessageReading.Room, language)!["said-before"].IsIn(passage)))
        {
            return true;
        }

        var now = TellingWords(passage);
        return now.Count >= Enough && earlier.Any(text => TellingWords(Passage.Of(Beginning(text))) is var before && now.Count(before.Contains) >= Same * now.Count);
    }

    private static string Beginning(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];

    private static HashSet<string> TellingWords(Passage passage) => [.. passage.Words.Where(word => word.Plain.Length >= Telling).Select(word => word.Plain)];
}
