using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Coach;

/// <summary>A reply in another language than the customer's (docs/method.md, A5).</summary>
internal static class OtherLanguage
{
    /// <summary>Fewer words could be in any language.</summary>
    private const int Enough = 5;

    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Language is not { } language || draft.Letter.Sentences.Sum(s => s.Words) < Enough)
        {
            yield break;
        }

        var theirs = draft.Answered?.Passage.Words.Count >= Enough ? draft.Reading!.Language ?? draft.Hand.CustomerLanguage : draft.Hand.CustomerLanguage;
        if (theirs is not null && theirs != language && draft.Hand.CustomerLanguage != language && !draft.Hand.Messages.Any(m => MessageReading.Of(m).Language == language))
        {
            var first = draft.Letter.Sentences[0];
            yield return draft.About(RemarkKind.Language, new(first.First, draft.Letter.Sentences.Sum(s => s.Words)), about: theirs);
        }
    }
}
