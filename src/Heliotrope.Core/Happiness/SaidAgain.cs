using Heliotrope.Core.Phrases;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Happiness;

/// <summary>Remembers what a customer said, and tells whether they say again what they had said before (docs/method.md, A1): they tell us so, or nearly all the words are those of an earlier message.</summary>
public sealed class SaidAgain
{
    /// <summary>Of fewer telling words too many are alike by chance.</summary>
    private const int Enough = 6;

    /// <summary>A shorter word tells little.</summary>
    private const int Telling = 4;

    /// <summary>So much of the new words stood in one earlier message.</summary>
    private const double Same = 0.75;

    /// <summary>More of one text is not looked at.</summary>
    private const int MostCharacters = 10_000;

    /// <summary>Only the newest are remembered: a bound on the work in threads that never end.</summary>
    private const int MostMessages = 20;

    private readonly Queue<HashSet<string>> _said = [];

    /// <summary>Whether these words were said before.</summary>
    /// <param name="words">The new words of a message.</param>
    /// <returns>Whether they were.</returns>
    public bool Is(string words)
    {
        if (_said.Count == 0)
        {
            return false;
        }

        var passage = Passage.Of(Beginning(words));
        if (PhraseBook.Languages(MessageReading.Room).Any(language => PhraseBook.Of(MessageReading.Room, language)!["said-before"].IsIn(passage)))
        {
            return true;
        }

        var now = TellingWords(passage);
        return now.Count >= Enough && _said.Any(before => now.Count(before.Contains) >= Same * now.Count);
    }

    /// <summary>They said this.</summary>
    /// <param name="words">The words.</param>
    public void Remember(string words)
    {
        _said.Enqueue(TellingWords(Passage.Of(Beginning(words))));
        if (_said.Count > MostMessages)
        {
            _said.Dequeue();
        }
    }

    private static string Beginning(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];

    private static HashSet<string> TellingWords(Passage passage) => [.. passage.Words.Where(word => word.Plain.Length >= Telling).Select(word => word.Plain)];
}
