using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>No thanks where thanks are due: for praise, patience, and what they found or sent unasked (docs/method.md, A5).</summary>
internal static class Thanking
{
    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is { } book && draft.Answered is { } message && draft.IsUnderWay && !draft.Hand.IsFollowUp && Why(draft, book, message.Passage) is { } why && !book["thanks"].IsIn(draft.Passage))
        {
            yield return draft.Missing(RemarkKind.Gratitude, why, fix: book.Swaps("thanks-for").First(message.Passage) is { } thanks ? thanks + ". " : null);
        }
    }

    /// <summary>Whoever complains is owed something else first, however patient they are.</summary>
    private static string? Why(Draft draft, CoachBook book, Passage message) =>
        draft.AnswersComplaint ? null
        : book.Theirs["earns-honesty"].IsIn(message) ? "help"
        : book.Theirs["earns-patience"].IsIn(message) ? "patience"
        : book.Theirs["earns-help"].IsIn(message) || book["points-out"].IsIn(message) ? "help"
        : IsThanked(draft, book, message) || (!draft.Reading!.Question && book.Theirs["earns-praise"].IsIn(message) && !book["no-praise"].IsIn(message)) ? "thanks"
        : null;

    /// <summary>Thanks below a question or a wish are only polite; before it, without any, or for something that was done they are meant.</summary>
    private static bool IsThanked(Draft draft, CoachBook book, Passage message) =>
        draft.Reading!.Gratitude && !book.Theirs["no-thanks"].IsIn(message)
        && (book["thanks-meant"].IsIn(message) || (!draft.Reading.Question && !book.Theirs["wants"].IsIn(message)) || (draft.Answered!.Sentences is [var first, ..] && book["thanks"].IsIn(message, first)));
}
