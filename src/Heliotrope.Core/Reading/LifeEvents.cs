using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// Life events (docs/method.md, C7), with few false alarms: a phrase of <c>[bereavement]</c> is enough by itself, one of
/// <c>[bereavement-of]</c> needs a person beside it, and what <c>[bereavement-not]</c> says is none. Pets, news, films, trades that have to do
/// with it, and what somebody only supposes do not count.
/// </summary>
internal sealed class LifeEvents(Passage passage, PhraseBook book, SignReading signs)
{
    /// <summary>How many words lie at most between a person and what happened to them.</summary>
    private const int Beside = 6;

    private static readonly (LifeEvent Event, string Section)[] Sections =
    [
        (LifeEvent.Bereavement, "bereavement"), (LifeEvent.Illness, "illness"), (LifeEvent.Disaster, "disaster"),
        (LifeEvent.Divorce, "divorce"), (LifeEvent.Hardship, "hardship"),
    ];

    /// <summary>What happened; a death comes first, of other events the one that is told first.</summary>
    public LifeEvent? Of(List<Evidence> evidence)
    {
        (LifeEvent Event, List<Found> Found)? told = null;
        foreach (var (happened, section) in Sections)
        {
            var found = signs.Counted(section).Concat(WithPerson(section)).Where(IsReal).OrderBy(phrase => phrase.First).ToList();
            if (found.Count > 0 && (told is null || (told.Value.Event != LifeEvent.Bereavement && found[0].First < told.Value.Found[0].First)))
            {
                told = (happened, found);
            }
        }

        signs.Add(Sign.LifeEvent, told?.Found ?? [], evidence);
        return told?.Event;
    }

    private IEnumerable<Found> WithPerson(string section)
    {
        foreach (var found in signs.Counted(section + "-of"))
        {
            var sentence = signs.SentenceOf(found);
            foreach (var person in book["people"].In(passage, sentence))
            {
                if (found.First - person.Next <= Beside && person.First - found.Next <= Beside)
                {
                    var first = Math.Min(found.First, person.First);
                    yield return new(first, Math.Max(found.Next, person.Next) - first);
                    break;
                }
            }
        }
    }

    private bool IsReal(Found found) => !book["imagined"].IsIn(passage, signs.SentenceOf(found));
}
