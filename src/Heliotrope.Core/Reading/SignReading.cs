using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// Complaint, thanks, questions and urgency by the phrases of a language. A trouble counts as a complaint when it is told, not when it is
/// supposed or asked about.
/// </summary>
internal sealed class SignReading(SectionReading sections)
{
    /// <summary>A word of thanks in a sentence this short, at the end of a request, thanks for what is still to be done.</summary>
    private const int ShortThanks = 4;

    /// <summary>How many sentences the end of a message has.</summary>
    private const int Closing = 3;

    /// <summary>From here on the whole message is in a bad mood, on the scale of <see cref="MessageReading.Sentiment"/>.</summary>
    private const double BadFeeling = -0.5;

    private Passage Passage => sections.Passage;

    /// <summary>Something went wrong, and they are not content. Beside a life event a trouble counts only when it is said to us.</summary>
    public bool Complaint(List<Evidence> evidence, bool lifeEvent)
    {
        var found = sections.Of("complaint");
        found.AddRange(sections.Of("trouble").Where(phrase => IsTold(phrase) && (!lifeEvent || sections.Has(sections.SentenceOf(phrase), "ours"))));
        if (found.Count == 0 || IsSettledAfter(found.Max(phrase => phrase.First)))
        {
            return false;
        }

        sections.Add(Sign.Complaint, found, evidence);
        return true;
    }

    /// <summary>Whether somebody in a bad mood says so in a sentence about us, in words that no phrase foresees.</summary>
    public bool ComplaintByFeeling(double sentiment, List<Evidence> evidence)
    {
        var count = evidence.Count;
        for (var i = 0; sentiment <= BadFeeling && i < count; i++)
        {
            if (evidence[i].Sign == Sign.Negative && IsAboutUs(Passage.SentenceAt(evidence[i].At)))
            {
                evidence.Add(evidence[i] with { Sign = Sign.Complaint });
            }
        }

        return evidence.Count > count;
    }

    /// <summary>Real thanks.</summary>
    public bool Gratitude(List<Evidence> evidence, bool complaint)
    {
        var count = evidence.Count;
        var asked = Enumerable.Range(0, Passage.Sentences.Count).FirstOrDefault(i => sections.Asks(i) || sections.Has(i, "requesting"), Passage.Sentences.Count);
        foreach (var found in sections.Of("gratitude"))
        {
            var sentence = sections.SentenceOf(found);
            var sour = complaint && (sections.Has(sentence, "complaint") || sections.Has(sentence, "trouble"));
            if (!sour && !(asked < sentence && IsClosing(sentence)))
            {
                sections.Add(Sign.Gratitude, [found], evidence);
            }
        }

        return evidence.Count > count;
    }

    /// <summary>Sentences that ask without a mark; those with one ask in any language.</summary>
    public bool Question(List<Evidence> evidence)
    {
        var count = evidence.Count;
        for (var i = 0; i < Passage.Sentences.Count; i++)
        {
            if (Passage.EndMark(Passage.Sentences[i]) != '?' && sections.AsksByWords(i))
            {
                evidence.Add(Whole(Passage, Passage.Sentences[i]));
            }
        }

        return evidence.Count > count;
    }

    /// <summary>A time that is near, or a plea for speed.</summary>
    public bool Urgency(List<Evidence> evidence)
    {
        var found = sections.Of("urgency");
        sections.Add(Sign.Urgency, found, evidence);
        return found.Count > 0;
    }

    /// <summary>A sentence that asks, without the white space after it.</summary>
    internal static Evidence Whole(Passage passage, Sentence sentence) =>
        new(Sign.Question, sentence.At, passage.Text.AsSpan(sentence.At, sentence.Length).TrimEnd().Length);

    private bool IsTold(Found found)
    {
        var sentence = sections.SentenceOf(found);
        var alone = Passage.Sentences.Count == 1 && Passage.EndMark(Passage.Sentences[sentence]) == '?';
        return !alone && !sections.Has(sentence, "supposing") && !(Passage.EndMark(Passage.Sentences[sentence]) == '?' && sections.AsksByWords(sentence));
    }

    private bool IsSettledAfter(int word) => sections.All("settled").Exists(settled => settled.First > word);

    private bool IsAboutUs(int sentence) =>
        sentence >= 0 && Passage.EndMark(Passage.Sentences[sentence]) != '?' && sections.Has(sentence, "ours")
        && !sections.Has(sentence, "supposing") && !sections.Has(sentence, "requesting");

    private bool IsClosing(int sentence) => Passage.Sentences[sentence].Words <= ShortThanks && sentence >= Passage.Sentences.Count - Closing;
}
