using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>
/// Acknowledgement and apology in the opening of an answer to a complaint, and apologies that are none (docs/method.md, A2 and A5).
/// What somebody else broke is still ours to own, so it makes no difference who did.
/// </summary>
internal static class Recovery
{
    /// <summary>The opening: this many sentences after the greeting, those of a few words not counted.</summary>
    private const int Opening = 3;

    private const int FewWords = 4;

    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            yield break;
        }

        var opening = OpeningOf(draft);
        var hollow = Hollow(draft, book, draft.Letter.Sentences).ToList();
        var apologises = opening.Exists(s => Apologises(draft.Passage, book, s, hollow));
        foreach (var (found, why) in hollow)
        {
            // Beside a real apology, "any inconvenience" is only a figure of speech.
            if (why != "any" || !apologises)
            {
                yield return draft.About(RemarkKind.NonApology, found, why == "any" ? "if" : why, fix: Apology(draft, book));
            }
        }

        if (!draft.AnswersComplaint || !draft.IsUnderWay)
        {
            yield break;
        }

        if (!apologises && hollow.Count == 0)
        {
            yield return draft.Missing(RemarkKind.Apologise, fix: Sentence(Apology(draft, book)));
        }

        if (!opening.Exists(s => Understands(draft, book, s, hollow)))
        {
            yield return draft.Missing(RemarkKind.Acknowledge, fix: Sentence(book.Swaps("understanding-for").First(draft.Answered!.Passage)));
        }
    }

    private static List<Sentence> OpeningOf(Draft draft)
    {
        var opening = new List<Sentence>();
        foreach (var sentence in draft.Letter.Sentences)
        {
            opening.Add(sentence);
            if (opening.Count(s => s.Words >= FewWords) == Opening)
            {
                break;
            }
        }

        return opening;
    }

    private static IEnumerable<(Found Found, string Why)> Hollow(Draft draft, CoachBook book, IEnumerable<Sentence> sentences)
    {
        string[] reasons = draft.AnswersComplaint ? ["feel", "if", "but", "any", "nobody"] : ["feel"];
        foreach (var sentence in sentences)
        {
            var found = reasons.SelectMany(why => book[$"non-apology-{why}"].In(draft.Passage, sentence).Select(f => (f, why))).FirstOrDefault();
            if (found.why is not null)
            {
                yield return found;
            }
        }
    }

    private static bool Apologises(Passage passage, CoachBook book, Sentence sentence, List<(Found Found, string Why)> hollow) =>
        book["apology"].In(passage, sentence).Any(found => !IsWithin(found, hollow.Select(h => h.Found).Concat(book["no-apology"].In(passage, sentence))));

    private static bool Understands(Draft draft, CoachBook book, Sentence sentence, List<(Found Found, string Why)> hollow)
    {
        var (passage, empty) = (draft.Passage, hollow.Select(h => h.Found).Concat(book["empty-apology"].In(draft.Passage, sentence)).ToList());
        return book["understanding"].In(passage, sentence).Any(found => !IsWithin(found, empty))
            || (passage.EndMark(sentence) != '?' && book["trouble"].In(passage, sentence).Any(found => draft.Said.Contains(passage.Words[found.First].Plain)));
    }

    private static bool IsWithin(Found found, IEnumerable<Found> others) => others.Any(other => found.First < other.Next && other.First < found.Next);

    private static string? Apology(Draft draft, CoachBook book) => draft.Answered is { } message ? book.Swaps("apology-for").First(message.Passage) : null;

    private static string? Sentence(string? words) => words is null ? null : words + ". ";
}
