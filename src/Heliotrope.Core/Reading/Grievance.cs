using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// Trouble without a word for it. No list foresees what can go wrong; but somebody who neither asks nor wants nor thanks, and says of us or
/// of what we sent that something is not as it should be, tells us of trouble. And a polite request is none, whatever words it has.
/// </summary>
internal sealed class Grievance(SectionReading sections, double? sentiment)
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

    private int Sentences => sections.Passage.Sentences.Count;

    /// <summary>Whether what was taken for a complaint is only a wish.</summary>
    public bool IsWish(List<Evidence> evidence) =>
        sections.All("earns-honesty").Count > 0
        || (sentiment is null or > Mild && evidence.Count(e => e.Sign == Sign.Complaint) < 2 && (BeginsWithWish() || EndsWithQuestion()));

    /// <summary>Whether trouble is told that is ours, and in which words.</summary>
    public bool Tells(Signs signs, List<Evidence> evidence)
    {
        if (!IsReport(signs))
        {
            return false;
        }

        var count = evidence.Count;
        sections.Add(Sign.Complaint, Told("amiss"), evidence);
        if (evidence.Count == count && (sentiment is null or < Cheer))
        {
            sections.Add(Sign.Complaint, Told("amiss-perhaps"), evidence);
        }

        return evidence.Count > count;
    }

    /// <summary>Whether anything at all is amiss with somebody who asks for nothing: kind words are due, be it ours or not.</summary>
    public bool IsAmiss(Signs signs) => IsReport(signs)
        && (sentiment <= Dismay || sections.Of("amiss").Count > 0 || ((sentiment is null or < Cheer) && sections.Of("amiss-perhaps").Count > 0));

    private bool IsReport(Signs signs) =>
        !signs.Question && signs.LifeEvent is null && (sentiment is null or < Joy) && sections.Passage.Words.Count >= FewWords
        && (!signs.Gratitude || sections.All("no-thanks").Count > 0) && !Enumerable.Range(0, Sentences).Any(Wants)
        && Array.TrueForAll(["settled", "earns-honesty", "earns-praise", "earns-help", "earns-patience"], section => sections.All(section).Count == 0);

    private IEnumerable<Found> Told(string section) =>
        sections.Of(section).Where(found => IsOurs(sections.SentenceOf(found)) && !sections.Has(sections.SentenceOf(found), "supposing"));

    /// <summary>What begins with "I", "my" or "there" tells of the writer's own affairs, unless it speaks to us.</summary>
    private bool IsOurs(int sentence) => sections.Has(sentence, "ours") || !sections.BeginsWith(sentence, "own-first");

    private bool Wants(int sentence) => sections.Has(sentence, "wants") || sections.BeginsWith(sentence, "wants-first");

    /// <summary>A fault and then a question how to go about it, and no word of discontent, asks for help.</summary>
    private bool EndsWithQuestion() =>
        Sentences > 1 && sections.All("complaint").Count == 0 && sections.Passage.EndMark(sections.Passage.Sentences[^1]) == '?'
        && sections.Has(Sentences - 1, "help-asked");

    /// <summary>A greeting is a sentence of its own at times, and has few words.</summary>
    private bool BeginsWithWish() =>
        Enumerable.Range(0, Sentences).FirstOrDefault(i => sections.Passage.Sentences[i].Words >= FewWords, -1) is >= 0 and var first
        && (sections.Asks(first) || sections.BeginsWith(first, "wants-first")
            || sections.All("wants").Exists(found => sections.SentenceOf(found) == first && found.First <= sections.Passage.Sentences[first].First + 1));
}
