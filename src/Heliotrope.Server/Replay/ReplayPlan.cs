using Heliotrope.Server.Database;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Replay;

/// <summary>An event with its place in the story, from 0, and its instant.</summary>
internal sealed record PlannedEvent(ReplayStory Story, ReplayEvent Event, int Index, DateTimeOffset At)
{
    public override string ToString() => FormattableString.Invariant($"{Event.Place}: story \"{Story.Name}\", event {Index + 1}, at {At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}

/// <summary>All events of a history in the one order in which they happened.</summary>
/// <param name="Events">What has happened by now.</param>
/// <param name="Ahead">How many events lie ahead of now: they are not played.</param>
internal sealed record ReplayPlan(IReadOnlyList<PlannedEvent> Events, int Ahead)
{
    /// <summary>Nothing was mailed before, and from here on nobody who counts back some days leaves the calendar.</summary>
    private const int FirstYear = 1970;

    /// <summary>Finds each event's instant, and says where one comes before the one above it.</summary>
    public static ReplayPlan Of(ReplayScript script, DateTimeOffset now, ReplayProblems problems)
    {
        var all = new List<PlannedEvent>();
        foreach (var story in script.Stories)
        {
            var before = now; // "+26m" at the very first event would be in the future, and is refused below
            for (var i = 0; i < story.Events.Count; i++)
            {
                if (story.Events[i].At.In(now, script.Zone, before) is not { } at)
                {
                    problems.Add(story.Events[i].Place, "This is beyond the end of the calendar.");
                    break;
                }

                if (at.UtcDateTime.Year < FirstYear)
                {
                    problems.Add(story.Events[i].Place, FormattableString.Invariant($"This is before {FirstYear}."));
                }
                else if (i == 0 && story.Events[i].At.Text.StartsWith('+'))
                {
                    problems.Add(story.Events[i].Place, "The first event of a story has nothing to come after.");
                }
                else if (i > 0 && at < before)
                {
                    problems.Add(story.Events[i].Place, FormattableString.Invariant($"This is {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and the event above it {before.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Events stand in the order of time."));
                }

                all.Add(new(story, story.Events[i], i, at));
                before = at;
            }
        }

        var past = all.Where(e => e.At <= now).OrderBy(e => e.At).ToList(); // stable: at the same instant the files' order decides
        return new(past, all.Count - past.Count);
    }

    /// <summary>Whoever and whatever a history names is in it, or at the desk already.</summary>
    public static async Task CheckNames(ReplayScript script, HeliotropeDb db, ReplayProblems problems)
    {
        var theirs = script.People.DistinctBy(p => p.Email.Value).ToLookup(p => p.Name, StringComparer.Ordinal);
        var here = (await db.Users.Select(u => u.Name).ToListAsync()).ToLookup(n => n, StringComparer.Ordinal);
        var teams = Known(await db.Teams.Select(t => t.Name).ToListAsync(), script.Teams.Select(t => new Placed(t.Name, t.Place)), "team", ListTeams.Most);
        var drivers = Known(await db.Drivers.Select(d => d.Name).ToListAsync(), script.Drivers, "driver", ChangeDrivers.Most);
        Known(await db.BlockedSenders.Select(b => b.Address).ToListAsync(), script.Blocked, "blocked sender", ChangeBlockedSenders.Most);

        foreach (var person in script.People.Where(p => p.Team is { } team && !teams.Contains(team)))
        {
            problems.Add(person.Place, $"There is no team \"{person.Team}\".");
        }

        foreach (var target in script.Teams.SelectMany(t => t.Targets).Where(t => !drivers.Contains(t.Driver)))
        {
            problems.Add(target.Place, $"There is no driver \"{target.Driver}\".");
        }

        foreach (var e in script.Stories.SelectMany(s => s.Events))
        {
            Person(e, e.By);
            Person(e, (e.Action as AssignAction)?.Person);
            if (e.Action is TeamAction { Team: { } team } && !teams.Contains(team))
            {
                problems.Add(e.Place, $"There is no team \"{team}\".");
            }

            if (e.Action is DriverAction { Driver: { } driver } && !drivers.Contains(driver))
            {
                problems.Add(e.Place, $"There is no driver \"{driver}\".");
            }
        }

        // As at the desk: names that differ in capitals alone are one name, and there are no more than anybody could choose from.
        HashSet<string> Known(List<string> there, IEnumerable<Placed> added, string what, int most)
        {
            var (known, alike) = (there.ToHashSet(StringComparer.Ordinal), there.ToHashSet(StringComparer.OrdinalIgnoreCase));
            foreach (var (name, place) in added)
            {
                if (known.Add(name) && !alike.Add(name))
                {
                    problems.Add(place, $"The name of another {what} differs from \"{name}\" in capitals alone.");
                }

                if (known.Count == most + 1)
                {
                    problems.Add(place, FormattableString.Invariant($"There are at most {most} {what}s."));
                    break;
                }
            }

            return known;
        }

        void Person(ReplayEvent e, string? name)
        {
            // Somebody of the history comes before a colleague of the same name.
            if (name is not null && (theirs.Contains(name) ? theirs[name].Count() : here[name].Count()) is var count and not 1)
            {
                problems.Add(e.Place, count == 0 ? $"There is nobody by the name of \"{name}\"." : $"More than one person has the name \"{name}\".");
            }
        }
    }
}
