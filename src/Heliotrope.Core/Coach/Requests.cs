using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>What a reply asks the customer for.</summary>
internal static class Requests
{
    /// <summary>A question, or a request; not "tell me if there is anything else".</summary>
    public static bool Asks(Passage passage, CoachBook book, Sentence sentence) =>
        (passage.EndMark(sentence) == '?' || book["request"].IsIn(passage, sentence)) && !book["no-request"].IsIn(passage, sentence);

    /// <summary>The things with a name that a sentence asks for.</summary>
    public static IEnumerable<(string Name, Found Found)> Things(Passage passage, CoachBook book, Sentence sentence) =>
        book.Lines("asks").SelectMany(name => book[$"ask-{name}"].In(passage, sentence).Select(found => (name, found)));
}
