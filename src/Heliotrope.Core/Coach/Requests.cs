using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>What a reply asks the customer for.</summary>
internal static class Requests
{
    /// <summary>A question, or a request; not "tell me if there is anything else".</summary>
    public static bool Asks(Passage passage, CoachBook book, Sentence sentence) =>
        (passage.EndMark(sentence) == '?' || book["request"].IsIn(passage, sentence)) && !book["no-request"].IsIn(passage, sentence);

    /// <summary>How much is asked in one breath: the parts between the commas of a sentence that begins with "please"; of three parts none is counted yet, unless each has a verb of its own.</summary>
    public static int Listed(Passage passage, CoachBook book, Sentence sentence)
    {
        if (book["asks-list"].At(passage, sentence.First) is null || book["no-request"].IsIn(passage, sentence))
        {
            return 0;
        }

        var (parts, verbs) = (1, 1);
        for (var word = sentence.First; word < sentence.First + sentence.Words - 1; word++)
        {
            var separates = passage.After(word).ContainsAny(',', ';') || book["and"].At(passage, word + 1) is not null;
            var next = word + (book["and"].At(passage, word + 1) is null ? 1 : 2);
            if (passage.After(word).Contains(':') || (separates && next < passage.Words.Count && book["subordinate"].At(passage, next) is not null))
            {
                return 0;
            }

            parts += separates ? 1 : 0;
            verbs += separates && next < passage.Words.Count && book["asks-next"].At(passage, next) is not null ? 1 : 0;
        }

        return parts > 3 || verbs >= 3 ? parts : 0;
    }

    /// <summary>The things with a name that a sentence asks for.</summary>
    public static IEnumerable<(string Name, Found Found)> Things(Passage passage, CoachBook book, Sentence sentence) =>
        book.Lines("asks").SelectMany(name => book[$"ask-{name}"].In(passage, sentence).Select(found => (name, found)));
}
