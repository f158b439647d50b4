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

    /// <summary>An apology may come a little later; asking for it once more would be wrong.</summary>
    private const int LateApology = 6;

    private const int FewWords = 4;

    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            yield break;
        }

        var opening = OpeningOf(draft);
        var hollow = Hollow(draft, book, draft.Letter.Sentences).ToList();
        var apologises = draft.Letter.Sentences.Take(LateApology).Any(s => Apologises(draft.Passage, book, s, hollow));
        foreach (var (found, why) in hollow)
        {
            // Beside a real apology, "any inconvenience" is only a figure of speech.
            if (why != "any" || !apologises)
            {
                yield return draft.About(RemarkKind.NonApology, draft.ClauseOf(found, toTheEnd: true), why == "any" ? "if" : why, fix: Apology(draft, book));
            }
        }

        // Whoever writes a hollow apology answers a complaint.
        if ((!draft.AnswersComplaint && hollow.Count == 0) || !draft.IsUnderWay || draft.Hand.IsFollowUp)
        {
            yield break;
        }

        if (!apologises && hollow.Count == 0)
        {
            yield return draft.Missing(RemarkKind.Apologise, fix: Sentence(Apology(draft, book)));
        }

        if (!opening.Exists(s => Understands(draft, book, s, hollow)) && !SaysWhatHappened(draft, book, opening, hollow))
        {
            yield return draft.Missing(RemarkKind.Acknowledge, fix: Sentence(book.Swaps("understanding-for").First(draft.Answered!.Passage)));
        }
    }

    /// <summary>The sentences of a reply that was sent which acknowledge and apologise; null where none does.</summary>
    public static (Sentence? Acknowledges, Sentence? Apologises) Found(Draft draft, CoachBook book)
    {
        var (opening, hollow) = (OpeningOf(draft), Hollow(draft, book, draft.Letter.Sentences).ToList());
        var apologises = FirstOf(draft.Letter.Sentences.Take(LateApology), s => Apologises(draft.Passage, book, s, hollow));
        var acknowledges = FirstOf(opening, s => Understands(draft, book, s, hollow)) ?? (SaysWhatHappened(draft, book, opening, hollow) ? opening[0] : null);
        return (acknowledges, apologises);
    }

    /// <summary>Whether the opening really apologises; then it answers a complaint, whatever the message sounds like.</summary>
    public static bool Apologises(Draft draft, CoachBook book) =>
        OpeningOf(draft).Exists(sentence => Apologises(draft.Passage, book, sentence, [.. Hollow(draft, book, [sentence])]));

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
        // "That happens to the best of us" consoles whoever did it themselves.
        string[] reasons = draft.AnswersOwnFault ? ["feel", "if", "but", "any"] : ["feel", "if", "but", "any", "nobody"];
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

    /// <summary>
    /// A good answer says what happened in words that no list foresees: beside the apology, or before it. An apology that comes first and alone
    /// says nothing of it; without any, two of their own words in the first sentence do.
    /// </summary>
    private static bool SaysWhatHappened(Draft draft, CoachBook book, List<Sentence> opening, List<(Found Found, string Why)> hollow)
    {
        if (opening.Count == 0)
        {
            return false;
        }

        var apology = opening.FindIndex(s => Apologises(draft.Passage, book, s, hollow));
        return apology == 0 ? !IsBare(draft.Passage, book, opening[0])
            : !IsHollow(opening[0], hollow) && !Requests.Asks(draft.Passage, book, opening[0])
            && (apology > 0 || draft.Passage.Words.Skip(opening[0].First).Take(opening[0].Words).Select(word => Draft.Stem(word.Plain)).Where(draft.Matter.Contains).Distinct().Count() > 1);
    }

    private static Sentence? FirstOf(IEnumerable<Sentence> sentences, Func<Sentence, bool> matches)
    {
        foreach (var sentence in sentences)
        {
            if (matches(sentence))
            {
                return sentence;
            }
        }

        return null;
    }

    private static bool IsBare(Passage passage, CoachBook book, Sentence sentence) =>
        Enumerable.Range(sentence.First, sentence.Words).Count(word => book["bare"].At(passage, word) is null) < 2;

    private static bool IsHollow(Sentence sentence, List<(Found Found, string Why)> hollow) => hollow.Exists(h => h.Found.First >= sentence.First && h.Found.First < sentence.First + sentence.Words);

    private static bool IsWithin(Found found, IEnumerable<Found> others) => others.Any(other => found.First < other.Next && other.First < found.Next);

    private static string? Apology(Draft draft, CoachBook book) => draft.Answered is { } message ? book.Swaps("apology-for").First(message.Passage) : null;

    private static string? Sentence(string? words) => words is null ? null : words + ". ";
}
