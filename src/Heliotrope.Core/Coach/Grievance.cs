using Heliotrope.Core.Phrases;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Coach;

/// <summary>
/// Tells whether a message wants an apology. No list foresees what can go wrong; but somebody who writes for the first time neither asks nor wants
/// nor thanks, and says that something is not as it should be, tells us of trouble. And a polite request is none, whatever words it has.
/// </summary>
internal static class Grievance
{
    /// <summary>Fewer words tell nothing.</summary>
    private const int FewWords = 4;

    /// <summary>So much joy is no trouble.</summary>
    private const double Joy = 0.7;

    /// <summary>What begins with a question or a wish, and has one sign of trouble in no worse a mood, is a question or a wish.</summary>
    private const double Mild = -0.5;

    /// <summary>In such a mood a small word such as "only" or "still" says nothing of trouble.</summary>
    private const double Cheer = 0.2;

    /// <summary>So much dismay is trouble without a word for it.</summary>
    private const double Dismay = -0.2;

    public static bool Is(MessageReading reading, Letter message, bool isFirst)
    {
        if (CoachBook.Of(reading.Language ?? "") is not { } book)
        {
            return reading.Complaint;
        }

        // What is in our favour, and what happened in their life, ask for other words.
        var wants = Wants(message, book);
        if (book["earns-honesty"].IsIn(message.Passage) || (reading.LifeEvent is not null && (wants || !reading.Complaint)))
        {
            return false;
        }

        return reading.Complaint
            ? !(IsMild(reading) && BeginsWithWish(message, book))
            : isFirst && !wants && Tells(reading, message, book);
    }

    private static bool Tells(MessageReading reading, Letter message, CoachBook book) =>
        !reading.Question && (!reading.Gratitude || book["no-thanks"].IsIn(message.Passage)) && reading.Sentiment is null or < Joy
        && message.Sentences.Sum(s => s.Words) >= FewWords && message.Sentences.All(s => message.Passage.EndMark(s) != '?')
        && (reading.Sentiment <= Dismay || book["amiss"].IsIn(message.Passage) || (reading.Sentiment is null or < Cheer && book["amiss-perhaps"].IsIn(message.Passage)))
        && Array.TrueForAll(["earns-praise", "earns-help", "earns-patience"], section => !book[section].IsIn(message.Passage));

    private static bool IsMild(MessageReading reading) => reading.Sentiment is null or > Mild && reading.Evidence.Count(e => e.Sign == Sign.Complaint) < 2;

    private static bool Wants(Letter message, CoachBook book) =>
        message.Sentences.Any(s => book["wants"].IsIn(message.Passage, s) || book["wants-first"].At(message.Passage, s.First) is not null);

    private static bool BeginsWithWish(Letter message, CoachBook book) => message.Sentences is [var first, ..]
        && (message.Passage.EndMark(first) == '?' || book["wants"].In(message.Passage, first).Any(found => found.First <= first.First + 1) || book["wants-first"].At(message.Passage, first.First) is not null);
}
