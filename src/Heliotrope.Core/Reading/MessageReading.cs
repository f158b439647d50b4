using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>What happened in somebody's life that changes how we treat them (docs/method.md, C7).</summary>
public enum LifeEvent
{
    /// <summary>Somebody died.</summary>
    Bereavement,
    /// <summary>Somebody is seriously ill or hurt.</summary>
    Illness,
    /// <summary>The money is gone: work lost, insolvency, a household that cannot pay.</summary>
    Hardship,
    /// <summary>Fire, flood, earthquake, war.</summary>
    Disaster,
    /// <summary>A marriage or a life together ends.</summary>
    Divorce,
}

/// <summary>What words can be a sign of.</summary>
public enum Sign
{
    /// <summary>Something went wrong, and they are not content.</summary>
    Complaint,
    /// <summary>Real thanks.</summary>
    Gratitude,
    /// <summary>They ask something.</summary>
    Question,
    /// <summary>It is pressing.</summary>
    Urgency,
    /// <summary>A life event.</summary>
    LifeEvent,
    /// <summary>A good feeling.</summary>
    Positive,
    /// <summary>A bad feeling.</summary>
    Negative,
}

/// <summary>Words that a reading rests on.</summary>
/// <param name="Sign">What they are a sign of.</param>
/// <param name="At">Where they begin in the text, in UTF-16 units.</param>
/// <param name="Length">Their length there.</param>
public readonly record struct Evidence(Sign Sign, int At, int Length);

/// <summary>What is understood of a customer's words (docs/method.md, A2, A5, C7). The same words always give the same reading.</summary>
/// <param name="Language">The language, as ISO 639-1 (of Chinese and the like too); null when it cannot be told.</param>
/// <param name="Sentiment">From -1, the worst, to 1; null when the language has no lexicon here or no word of it was found.</param>
/// <param name="Complaint">Something went wrong, and they are not content.</param>
/// <param name="Gratitude">They thank us for something.</param>
/// <param name="Question">They ask something.</param>
/// <param name="Urgency">It is pressing: a time that is near, or a plea for speed.</param>
/// <param name="LifeEvent">What happened in their life; null when nothing did.</param>
/// <param name="Evidence">The words that all this rests on, in their order.</param>
public sealed record MessageReading(
    string? Language, double? Sentiment, bool Complaint, bool Gratitude, bool Question, bool Urgency, LifeEvent? LifeEvent, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>
    /// Up to so many words are read in every language that we know when they do not tell which one it is; the feeling in the likeliest
    /// of those that know one of the words.
    /// </summary>
    private const int ShortText = 40;

    /// <summary>A complaint, or somebody who asks for nothing and says that something is amiss, be it ours or not.</summary>
    internal bool IsAmiss { get; init; }

    /// <summary>Reads the words of a message.</summary>
    /// <param name="text">The new words, without a quote; anything is allowed.</param>
    /// <returns>The reading.</returns>
    public static MessageReading Of(string text)
    {
        var passage = Passage.Of(text);
        var language = LanguageReading.Of(text);
        var languages = language is not null ? [language] : passage.Words.Count <= ShortText ? LanguageReading.Likeliest(text) : [];
        var evidence = new List<Evidence>();
        evidence.AddRange(passage.Sentences.Where(sentence => passage.EndMark(sentence) == '?').Select(sentence => SignReading.Whole(passage, sentence)));
        var signs = new Signs { Question = evidence.Count > 0 };
        var books = languages.Select(code => PhraseBook.Of(Room, code)).OfType<PhraseBook>().ToList();
        books.ForEach(book => signs = signs.Or(Signs.Of(passage, book, evidence)));
        var sentiment = languages.Select(code => SentimentReading.Of(passage, code, evidence)).FirstOrDefault(felt => felt is not null);
        var told = signs.Complaint;
        if (books is [var own])
        {
            signs = WithGrievance(signs, new(passage, own), sentiment, evidence);
        }

        evidence.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Sign.CompareTo(b.Sign));
        return new(language, sentiment, signs.Complaint, signs.Gratitude, signs.Question, signs.Urgency, signs.LifeEvent, evidence)
        {
            IsAmiss = signs.Complaint || (books is [var their] && new Grievance(new(passage, their), sentiment).IsAmiss(signs) && !told),
        };
    }

    private static Signs WithGrievance(Signs signs, SectionReading sections, double? sentiment, List<Evidence> evidence)
    {
        var grievance = new Grievance(sections, sentiment);
        if (!signs.Complaint)
        {
            var felt = sentiment is { } mood && signs is { Gratitude: false, LifeEvent: null } && new SignReading(sections).ComplaintByFeeling(mood, evidence);
            return signs with { Complaint = felt || grievance.Tells(signs, evidence) };
        }

        if (!grievance.IsWish(evidence))
        {
            return signs;
        }

        evidence.RemoveAll(e => e.Sign == Sign.Complaint);
        return signs with { Complaint = false };
    }

    /// <summary>The room of the phrases.</summary>
    internal const string Room = "Reading";
}
