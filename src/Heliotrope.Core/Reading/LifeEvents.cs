using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// Life events (docs/method.md, C7), with few false alarms: a phrase of <c>[bereavement]</c> is enough by itself, one of
/// <c>[bereavement-of]</c> needs a person beside it, and what <c>[bereavement-not]</c> says is none. Pets, news, films, trades that have to do
/// with it, and what somebody only supposes do not count.
/// </summary>
internal sealed class LifeEvents(SectionReading sections)
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
            var found = sections.Of(section).Concat(WithPerson(section)).Where(IsReal).OrderBy(phrase => phrase.First).ToList();
            if (found.Count > 0 && (told is null || (told.Value.Event != LifeEvent.Bereavement && found[0].First < told.Value.Found[0].First)))
            {
                told = (happened, found);
            }
        }

        sections.Add(Sign.LifeEvent, told?.Found ?? [], evidence);
        return told?.Event;
    }

    private IEnumerable<Found> WithPerson(string section)
    {
        var happenings = sections.Of(section + "-of", section + "-not");
        var (people, at) = (happenings.Count > 0 ? sections.All("people") : [], 0);
        foreach (var found in happenings)
        {
            while (at < people.Count && found.First - people[at].Next > Beside)
            {
                at++;
            }

            // The first of those beside it, in the same sentence: a handful at most lies within reach.
            for (var near = at; near < people.Count && people[near].First - found.Next <= Beside; near++)
            {
                if (sections.SentenceOf(people[near]) == sections.SentenceOf(found))
                {
                    var first = Math.Min(found.First, people[near].First);
                    yield return new(first, Math.Max(found.Next, people[near].Next) - first);
                    break;
                }
            }
        }
    }

    private bool IsReal(Found found) => !sections.Has(sections.SentenceOf(found), "imagined");
}
