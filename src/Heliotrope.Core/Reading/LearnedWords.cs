using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>What colleagues taught by correcting a reading.</summary>
/// <param name="Sign">Of what the words are a sign, or none.</param>
/// <param name="LifeEvent">What happened, where the sign is a life event.</param>
/// <param name="Words">The words, folded.</param>
/// <param name="Counts">Whether they are a sign of it.</param>
public sealed record Taught(Sign Sign, LifeEvent? LifeEvent, string Words, bool Counts);

/// <summary>
/// Reads messages with what was taught here. Words that colleagues pointed out count from then on. Words that were a false alarm twice
/// more often than they were right count no more: once could be a slip, and a death that is overlooked costs more than a false alarm.
/// </summary>
public sealed class LearnedWords
{
    /// <summary>So many more false alarms than right ones.</summary>
    private const int Enough = 2;

    private readonly HashSet<(Sign, string)> _unlearned = [];
    private readonly List<(Sign Sign, LifeEvent? LifeEvent, PhraseSet Phrases)> _learned = [];

    /// <summary>Learns.</summary>
    /// <param name="lessons">Everything taught, oldest first.</param>
    public LearnedWords(IEnumerable<Taught> lessons)
    {
        foreach (var about in lessons.Where(l => l.Words.Length > 0).GroupBy(l => (l.Sign, l.Words)))
        {
            var right = about.Sum(l => l.Counts ? 1 : -1);
            if (right <= -Enough)
            {
                _unlearned.Add(about.Key);
            }
            else if (right > 0)
            {
                _learned.Add((about.Key.Sign, about.Last(l => l.Counts).LifeEvent, PhraseSet.Parse(about.Key.Words)));
            }
        }
    }

    /// <summary>Nothing was taught.</summary>
    public static LearnedWords None { get; } = new([]);

    /// <summary>Words as lessons hold them: only what a person could have said, so that they can be looked for anywhere.</summary>
    /// <param name="words">The words of a message.</param>
    /// <returns>The words; empty when there are none.</returns>
    public static string Fold(string words) => string.Join(' ', Passage.Of(words).Words.Where(w => w.Plain != Word.Link).Select(w => w.Plain));

    /// <summary>Reads the words of a message.</summary>
    /// <param name="text">The new words, without a quote.</param>
    /// <returns>The reading.</returns>
    public MessageReading Read(string text)
    {
        var reading = MessageReading.Of(text);
        if (_unlearned.Count > 0)
        {
            var left = reading.Evidence.Where(e => !_unlearned.Contains((e.Sign, Fold(text.Substring(e.At, e.Length))))).ToList();
            reading = left.Count == reading.Evidence.Count ? reading : Left(reading, left);
        }

        if (_learned.Count > 0)
        {
            var passage = Passage.Of(text);
            foreach (var (sign, happened, phrases) in _learned)
            {
                foreach (var found in phrases.In(passage))
                {
                    var at = passage.Words[found.First].At;
                    reading = With(reading, new(sign, at, passage.Words[found.Next - 1].End - at), happened);
                }
            }
        }

        return reading;
    }

    private static MessageReading Left(MessageReading reading, List<Evidence> left) => reading with
    {
        Complaint = reading.Complaint && left.Exists(e => e.Sign is Sign.Complaint),
        LifeEvent = left.Exists(e => e.Sign is Sign.LifeEvent) ? reading.LifeEvent : null,
        Evidence = left,
    };

    private static MessageReading With(MessageReading reading, Evidence evidence, LifeEvent? happened) => reading with
    {
        Complaint = reading.Complaint || evidence.Sign is Sign.Complaint,
        LifeEvent = evidence.Sign is Sign.LifeEvent ? reading.LifeEvent ?? happened : reading.LifeEvent,
        Evidence = [.. reading.Evidence.Append(evidence).OrderBy(e => e.At)],
    };
}
