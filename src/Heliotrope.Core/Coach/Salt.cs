using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>The last word, blame, sarcasm, reproach (docs/method.md, A5; that we blame nobody else either: A2).</summary>
internal static class Salt
{
    private static readonly string[] Reasons = ["repeat", "blame", "blames-others", "sarcasm", "belittles", "last-word"];

    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            yield break;
        }

        foreach (var why in Reasons)
        {
            foreach (var (found, words) in book.Swaps($"salt-{why}").In(draft.Passage))
            {
                if (!IsAboutUs(draft, book, found, why))
                {
                    yield return words is null ? draft.About(RemarkKind.Salt, draft.ClauseOf(found), why) : WithoutIt(draft, found, why);
                }
            }
        }
    }

    /// <summary>"Obviously our mistake" owns it, and so does "the fault of our own warehouse".</summary>
    private static bool IsAboutUs(Draft draft, CoachBook book, Found found, string why)
    {
        var sentence = draft.Passage.Sentences[draft.Passage.Words[found.First].Sentence];
        return why == "belittles" && found.Words == 1 && book["ourselves"].IsIn(draft.Passage, sentence);
    }

    /// <summary>Taken away with the comma after it; what then begins the sentence gets its capital.</summary>
    private static Remark WithoutIt(Draft draft, Found found, string why)
    {
        var remark = draft.About(RemarkKind.Salt, found, why);
        var (passage, next) = (draft.Passage, found.Next);
        var begins = found.First == 0 || found.First == draft.Letter.Body || passage.Words[found.First - 1].Sentence != passage.Words[found.First].Sentence;
        if (next >= passage.Words.Count || passage.Words[next].Sentence != passage.Words[found.First].Sentence)
        {
            return remark;
        }

        var gap = passage.After(next - 1);
        if (begins)
        {
            // Only where a comma or colon parts it from what stands by itself.
            return gap.Trim() is "," or ":"
                ? remark with { Length = passage.Words[next].At + 1 - remark.At, Fix = char.ToUpperInvariant(passage.Text[passage.Words[next].At]).ToString() }
                : remark;
        }

        return gap.IsWhiteSpace() ? remark with { Length = remark.Length + gap.Length, Fix = "" } : remark;
    }
}
