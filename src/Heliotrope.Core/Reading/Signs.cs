using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>What the phrases of a language say of a passage.</summary>
internal readonly record struct Signs(bool Complaint, bool Gratitude, bool Question, bool Urgency, LifeEvent? LifeEvent)
{
    /// <summary>Reads a passage in one language.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="book">The phrases of the language.</param>
    /// <param name="evidence">Where the words go that say it.</param>
    public static Signs Of(Passage passage, PhraseBook book, List<Evidence> evidence)
    {
        var sections = new SectionReading(passage, book);
        var reading = new SignReading(sections);
        var lifeEvent = new LifeEvents(sections).Of(evidence);
        var complaint = reading.Complaint(evidence, lifeEvent is not null);
        return new(
            complaint,
            reading.Gratitude(evidence, complaint),
            reading.Question(evidence),
            reading.Urgency(evidence),
            lifeEvent);
    }

    /// <summary>What either says.</summary>
    public Signs Or(Signs other) => new(
        Complaint || other.Complaint, Gratitude || other.Gratitude, Question || other.Question, Urgency || other.Urgency, LifeEvent ?? other.LifeEvent);
}
