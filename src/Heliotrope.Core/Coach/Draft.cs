using Heliotrope.Core.Phrases;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Coach;

/// <summary>A reply and what it answers, read once for all that the coach looks for.</summary>
internal sealed class Draft
{
    /// <summary>Fewer words are no sentence to judge.</summary>
    private const int Unfinished = 8;

    /// <summary>Shorter words seldom are about the matter.</summary>
    private const int Telling = 3;

    private const int StemLength = 5;

    private HashSet<string>? _said;
    private HashSet<string>? _matter;

    /// <summary>Longer texts are logs and lists; a bound on the work while somebody writes. Merge fields are looked for in all of it.</summary>
    private const int MostCharacters = 20_000;

    private const int MostMessages = 20;

    public Draft(ReplyInHand hand)
    {
        Hand = hand with { Messages = [.. hand.Messages.TakeLast(MostMessages).Select(Beginning)], Known = [.. hand.Known.Select(Beginning)] };
        Letter = Letter.Of(Beginning(hand.Text));
        Answered = Hand.Messages.Count > 0 ? Letter.Of(Hand.Messages[^1]) : null;
        Reading = Hand.Messages.Count > 0 ? MessageReading.Of(Hand.Messages[^1]) : null;
        Language = MessageReading.Of(Letter.Passage.Text).Language;
        Book = CoachBook.Of(Language ?? Reading?.Language ?? hand.CustomerLanguage ?? "");
        AnswersOwnFault = Answered is not null && CoachBook.Of(Reading!.Language ?? "") is { } theirs && theirs.Says("own-fault", unless: "no-own-fault", Answered.Passage);

        // In a first message kind words are due to whoever says that something is amiss.
        AnswersComplaint = Answered is not null && !AnswersOwnFault && !WantsNone(Answered, Reading!) && (Reading!.Complaint || (Reading.IsAmiss && hand.Messages.Count == 1));
    }

    public ReplyInHand Hand { get; }

    public Letter Letter { get; }

    public Passage Passage => Letter.Passage;

    /// <summary>The message that is answered; null when we write first.</summary>
    public Letter? Answered { get; }

    /// <summary>What is understood of it.</summary>
    public MessageReading? Reading { get; }

    /// <summary>The language of the reply; null when it cannot be told.</summary>
    public string? Language { get; }

    /// <summary>The phrases of the reply's language, or where it cannot be told of the customer's; null when nobody wrote them down yet.</summary>
    public CoachBook? Book { get; }

    /// <summary>Whether the message tells of trouble that wants an apology.</summary>
    public bool AnswersComplaint { get; }

    /// <summary>Whether the message says that it was the customer's own doing: consolation is welcome, an apology is not due.</summary>
    public bool AnswersOwnFault { get; }

    /// <summary>The words of the message that are about its matter, and not common to any.</summary>
    public HashSet<string> Matter => _matter ??= MatterOf();

    /// <summary>Whether there is enough to say what is missing: a whole sentence, or many words of one.</summary>
    public bool IsUnderWay => Letter.Sentences.Count > 0 && (Letter.Sentences.Sum(s => s.Words) >= Unfinished || Letter.Sentences.Any(s => Passage.EndMark(s) != ' '));

    /// <summary>All words that the customer used in this conversation.</summary>
    public HashSet<string> Said => _said ??= [.. Hand.Messages.SelectMany(message => Passage.Of(message).Words).Select(word => word.Plain)];

    /// <summary>A remark about words that were found.</summary>
    public Remark About(RemarkKind kind, Found found, string why = "", string about = "", string? fix = null)
    {
        var at = Passage.Words[found.First].At;
        return new(kind, at, Passage.Words[found.Next - 1].End - at, why, about, fix);
    }

    /// <summary>The part of a sentence around words that were found: from the mark before them to the mark after them.</summary>
    public Found ClauseOf(Found found, bool toTheEnd = false)
    {
        var sentence = Passage.Sentences[Passage.Words[found.First].Sentence];
        var (first, next) = (found.First, found.Next);
        while (first > Math.Max(sentence.First, Letter.Body) && Passage.After(first - 1).IsWhiteSpace())
        {
            first--;
        }

        while (next < Math.Min(sentence.First + sentence.Words, Letter.Closing) && (toTheEnd || Passage.After(next - 1).IsWhiteSpace()))
        {
            next++;
        }

        return new(first, Math.Max(next, found.Next) - first);
    }

    /// <summary>A remark about something that is missing where the answer begins.</summary>
    public Remark Missing(RemarkKind kind, string why = "", string about = "", string? fix = null) => new(kind, Letter.BodyAt, 0, why, about, fix);

    /// <summary>The words as they are written.</summary>
    public string TextOf(Found found) => Passage.Text[Passage.Words[found.First].At..Passage.Words[found.Next - 1].End];

    /// <summary>Who seeks advice, or points out a flaw in what we publish, wants no apology.</summary>
    private static bool WantsNone(Letter message, MessageReading reading) => CoachBook.Of(reading.Language ?? "") is { } book
        && (book["points-out"].IsIn(message.Passage) || (message.Sentences is [.., var last] && book["seeks"].IsIn(message.Passage, last)));

    private static string Beginning(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];

    private HashSet<string> MatterOf()
    {
        if (Answered is not { } message)
        {
            return [];
        }

        var common = Book?["common"] ?? PhraseSet.Empty;
        return
        [
            .. Enumerable.Range(message.Body, message.Passage.Words.Count - message.Body)
                .Where(word => message.Passage.Words[word].Plain.Length >= Telling && common.At(message.Passage, word) is null)
                .Select(word => Stem(message.Passage.Words[word].Plain)),
        ];
    }

    /// <summary>Its beginning: endings differ, and languages do.</summary>
    public static string Stem(string plain)
    {
        var word = plain.EndsWith("'s", StringComparison.Ordinal) ? plain[..^2] : plain;
        return word.Length > StemLength ? word[..StemLength] : word.Length > Telling && word[^1] == 's' ? word[..^1] : word;
    }
}
