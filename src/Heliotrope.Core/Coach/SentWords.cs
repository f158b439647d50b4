using Heliotrope.Core.Phrases;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Coach;

/// <summary>A place in a text, in UTF-16 units.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Length">Its length.</param>
public readonly record struct WordPlace(int At, int Length);

/// <summary>What the words of a reply that was sent do for a recovery (docs/method.md, A2), read by the same rules by which the coach reads a reply while it is written.</summary>
/// <param name="Readable">Its language is one that we know how to read for this; where it is not, nothing is found.</param>
/// <param name="Acknowledges">Where the opening shows that we understood what happened to them; null when it does not.</param>
/// <param name="Apologises">Where it really apologises; null when it does not.</param>
/// <param name="Owns">Where somebody takes it on, in the first person; null when nobody does.</param>
/// <param name="NextStep">Where it says what happens next; null when it does not.</param>
/// <param name="Salt">The last word, blame of the customer or of somebody else, sarcasm, shouting, apologies that are none.</param>
public sealed record SentWords(bool Readable, WordPlace? Acknowledges, WordPlace? Apologises, WordPlace? Owns, WordPlace? NextStep, IReadOnlyList<WordPlace> Salt)
{
    /// <summary>Reads a reply.</summary>
    /// <param name="reply">The words that were sent.</param>
    /// <param name="messages">What the customer had written before, oldest first.</param>
    /// <returns>What its words do.</returns>
    public static SentWords Of(string reply, IReadOnlyList<string> messages)
    {
        var draft = new Draft(new(reply, "", null, messages, [], []));
        if (draft.Book is not { } book)
        {
            return new(false, null, null, null, null, []);
        }

        var (acknowledges, apologises) = Recovery.Found(draft, book);
        var salt = Salted(draft).ToList();
        return new(true, Place(acknowledges), Place(apologises), Place(Owning(draft, book)), Next(draft, book), salt);
    }

    private static IEnumerable<WordPlace> Salted(Draft draft) =>
        Coach.Salt.Of(draft).Concat(Shouting.Of(draft)).Concat(Recovery.Of(draft).Where(remark => remark.Kind is RemarkKind.NonApology)).Select(remark => new WordPlace(remark.At, remark.Length));

    /// <summary>A sentence in the first person that does more than be sorry or understand, and asks nothing.</summary>
    private static Sentence? Owning(Draft draft, CoachBook book)
    {
        foreach (var sentence in draft.Letter.Sentences)
        {
            if (draft.Passage.EndMark(sentence) != '?' && book["first-person"].IsIn(draft.Passage, sentence) && !book["feels-only"].IsIn(draft.Passage, sentence) && !book["salt-blames-others"].IsIn(draft.Passage, sentence))
            {
                return sentence;
            }
        }

        return null;
    }

    private static WordPlace? Next(Draft draft, CoachBook book)
    {
        foreach (var sentence in draft.Letter.Sentences)
        {
            if (book["next-step"].IsIn(draft.Passage, sentence))
            {
                return Place(sentence);
            }
        }

        // The instant matters only for dates, which are not asked for here.
        return PromiseFinder.In(draft.Hand.Text, DateTimeOffset.UnixEpoch, WorkingHours.Usual) is [var promise, ..] ? new(promise.At, promise.Length) : null;
    }

    private static WordPlace? Place(Sentence? sentence) => sentence is { } found ? new(found.At, found.Length) : null;
}
