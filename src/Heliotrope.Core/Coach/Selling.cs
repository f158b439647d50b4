using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Something to buy, offered to somebody who complains (docs/method.md, A5). A gift is no sale.</summary>
internal static class Selling
{
    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is not { } book || !(draft.AnswersComplaint || Recovery.Apologises(draft, book)))
        {
            yield break;
        }

        foreach (var sentence in draft.Letter.Sentences)
        {
            var offer = book["sell"].In(draft.Passage, sentence).Take(1).ToList();
            if (offer.Count > 0 && !book["gift"].IsIn(draft.Passage, sentence))
            {
                yield return draft.About(RemarkKind.Selling, new(sentence.First, sentence.Words));
                yield break;
            }
        }
    }
}
