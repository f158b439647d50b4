using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// What the phrases of one language say in a passage. A section <c>x-not</c> names what looks like <c>x</c> and is none: what lies in it does
/// not count. A trouble counts as a complaint when it is told, not when it is supposed or asked about.
/// </summary>
internal sealed class SignReading(Passage passage, PhraseBook book)
{
    /// <summary>A word of thanks in a sentence this short, at the end of a request, thanks for what is still to be done.</summary>
    private const int ShortThanks = 4;

    private const double BadFeeling = -0.5;

    /// <summary>Something went wrong, and they are not content. Beside a life event a trouble counts only when it is said to us.</summary>
    public bool Complaint(List<Evidence> evidence, bool lifeEvent)
    {
        var found = Counted("complaint")
            .Concat(Counted("trouble").Where(phrase => IsTold(phrase) && (!lifeEvent || book["ours"].IsIn(passage, SentenceOf(phrase))))).ToList();
        if (found.Count == 0 || book["settled"].In(passage).Any(settled => settled.First > found.Max(phrase => phrase.First)))
        {
            return false;
        }

        Add(Sign.Complaint, found, evidence);
        return true;
    }

    /// <summary>
    /// Whether somebody who feels bad says so in a sentence about us, in words that no phrase foresees.
    /// </summary>
    public bool ComplaintByFeeling(double sentiment, List<Evidence> evidence)
    {
        var count = evidence.Count;
        foreach (var sentence in sentiment <= BadFeeling ? passage.Sentences : [])
        {
            if (passage.EndMark(sentence) != '?' && book["ours"].IsIn(passage, sentence)
                && !book["supposing"].IsIn(passage, sentence) && !book["requesting"].IsIn(passage, sentence))
            {
                evidence.AddRange(evidence.Take(count).Where(felt => felt.Sign == Sign.Negative && felt.At >= sentence.At && felt.At < sentence.At + sentence.Length)
                    .Select(felt => felt with { Sign = Sign.Complaint }).ToList());
            }
        }

        return evidence.Count > count;
    }

    public bool Gratitude(List<Evidence> evidence, bool complaint)
    {
        var count = evidence.Count;
        foreach (var found in Counted("gratitude"))
        {
            if (!IsForWhatComes(found) && !(complaint && IsSour(found)))
            {
                Add(Sign.Gratitude, [found], evidence);
            }
        }

        return evidence.Count > count;
    }

    /// <summary>Sentences that ask without a mark; those with one ask in any language.</summary>
    public bool Question(List<Evidence> evidence)
    {
        var count = evidence.Count;
        foreach (var sentence in passage.Sentences)
        {
            if (passage.EndMark(sentence) != '?' && Asks(sentence))
            {
                evidence.Add(new(Sign.Question, sentence.At, sentence.Length));
            }
        }

        return evidence.Count > count;
    }

    public bool Urgency(List<Evidence> evidence)
    {
        var count = evidence.Count;
        Add(Sign.Urgency, Counted("urgency"), evidence);
        return evidence.Count > count;
    }

    /// <summary>Phrases of a section that do not touch one of its exceptions.</summary>
    internal IEnumerable<Found> Counted(string section)
    {
        var none = book[section + "-not"].In(passage).ToList();
        return book[section].In(passage).Where(found => !none.Exists(not => not.First < found.Next && found.First < not.Next));
    }

    internal void Add(Sign sign, IEnumerable<Found> found, List<Evidence> evidence)
    {
        foreach (var phrase in found)
        {
            var at = passage.Words[phrase.First].At;
            evidence.Add(new(sign, at, passage.Words[phrase.Next - 1].End - at));
        }
    }

    internal Sentence SentenceOf(Found found) => passage.Sentences[passage.Words[found.First].Sentence];

    private bool Asks(Sentence sentence) =>
        book["asking"].At(passage, sentence.First) is not null && book["asking-not"].At(passage, sentence.First) is null;

    private bool IsTold(Found found)
    {
        var sentence = SentenceOf(found);
        return !book["supposing"].IsIn(passage, sentence)
            && !(passage.EndMark(sentence) == '?' && (Asks(sentence) || passage.Sentences.Count == 1));
    }

    private bool IsForWhatComes(Found found)
    {
        var sentence = SentenceOf(found);
        var number = passage.Words[found.First].Sentence;
        return sentence.Words <= ShortThanks && number > 0 && number >= passage.Sentences.Count - 3
            && passage.Sentences.Take(number).Any(before => passage.EndMark(before) == '?' || Asks(before) || book["requesting"].IsIn(passage, before));
    }

    private bool IsSour(Found found)
    {
        var sentence = SentenceOf(found);
        return book["complaint"].IsIn(passage, sentence) || book["trouble"].IsIn(passage, sentence);
    }
}
