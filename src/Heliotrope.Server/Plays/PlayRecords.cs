using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Plays;
using Heliotrope.Core.Segments;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Search;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>Reads plays with how they went, and the conversations behind each number. Spam is in none.</summary>
internal static class PlayRecords
{
    /// <summary>So far back the conversations in a situation are compared.</summary>
    private static readonly TimeSpan Compared = TimeSpan.FromDays(365);

    /// <summary>Of more than this at once, how it went without each is left to its own page.</summary>
    private const int MostCompared = 20;

    /// <summary>Those that somebody may know of. What was dropped is there for nobody.</summary>
    public static IQueryable<Play> Known(HeliotropeDb db) => db.Plays.Where(p => p.State != PlayState.Dropped);

    public static async Task<IReadOnlyList<PlayDetails>> Of(HeliotropeDb db, Actor actor, IReadOnlyList<Play> plays, DateTimeOffset now)
    {
        var ids = plays.Select(p => p.Id).ToList();
        var ends = (await db.PlayUses.Where(u => ids.Contains(u.PlayId)).Join(db.Conversations.WithoutSpam(), u => u.ConversationNumber, c => c.Number, (u, c) => new { u.PlayId, c.HappinessEnd })
            .GroupBy(u => new { u.PlayId, u.HappinessEnd }).Select(g => new { g.Key.PlayId, g.Key.HappinessEnd, Count = g.Count() }).ToListAsync()).ToLookup(g => g.PlayId, g => (g.HappinessEnd, g.Count));
        var used = await db.PlayUses.Where(u => ids.Contains(u.PlayId)).GroupBy(u => u.PlayId).Select(g => new { g.Key, At = g.Max(u => u.At) }).ToDictionaryAsync(g => g.Key, g => g.At);
        var about = await Abouts(db, plays);
        var all = new List<PlayDetails>();
        foreach (var play in plays)
        {
            var counts = Count(ends[play.Id]);
            var usedAt = used.TryGetValue(play.Id, out var at) ? at : (DateTimeOffset?)null;
            var gone = about.IsGone(play);
            EndCounts? without = play.State is PlayState.InUse && !gone && counts.Ended >= Stale.Enough && plays.Count <= MostCompared ? await Without(db, actor, play, now) : null;
            all.Add(new(
                play.Id, play.Title, play.State, about.Driver(play.DriverId), play.Mood, about.Segment(play.SegmentId), play.StepList, play.Words, play.AuthorName, play.ConversationNumber, play.EntryId,
                play.CreatedAt, play.LookedAt, usedAt, PlayEnds.Of(counts), without is { } others ? PlayEnds.Of(others) : null,
                play.State is PlayState.InUse ? Stale.Of(new(play.InUseSince ?? play.CreatedAt, play.LookedAt, usedAt, !gone && await Occurs(db, actor, play, usedAt, now), counts, without ?? default), now) : [], gone));
        }

        return all;
    }

    /// <summary>What the situations are about, by name.</summary>
    public static async Task<About> Abouts(HeliotropeDb db, IReadOnlyList<Play> plays)
    {
        var (drivers, segments) = (plays.Select(p => p.DriverId).OfType<long>().Distinct().ToList(), plays.Select(p => p.SegmentId).OfType<long>().Distinct().ToList());
        return new(
            drivers.Count == 0 ? [] : await db.Drivers.Where(d => drivers.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Name),
            segments.Count == 0 ? [] : await db.Segments.Where(s => segments.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name));
    }

    /// <summary>The conversations in which it was used, that ended in one way; all of them where none is named.</summary>
    public static IQueryable<Conversation> Used(HeliotropeDb db, long play, string? ending) =>
        Happiness.BehindFigure.Ended(db.Conversations.WithoutSpam().Where(c => db.PlayUses.Any(u => u.PlayId == play && u.ConversationNumber == c.Number)), ending);

    /// <summary>The conversations in its situation in which it was not used.</summary>
    public static async Task<IQueryable<Conversation>> Unused(HeliotropeDb db, Actor actor, Play play, string? ending, DateTimeOffset now)
    {
        var id = play.Id;
        return Happiness.BehindFigure.Ended((await InSituation(db, actor, play, now - Compared, now)).Where(c => !db.PlayUses.Any(u => u.PlayId == id && u.ConversationNumber == c.Number)), ending);
    }

    private static async Task<EndCounts> Without(HeliotropeDb db, Actor actor, Play play, DateTimeOffset now) =>
        Count((await (await Unused(db, actor, play, null, now)).GroupBy(c => c.HappinessEnd).Select(g => new { g.Key, Count = g.Count() }).ToListAsync()).Select(g => (g.Key, g.Count)));

    /// <summary>Only asked where the answer matters: of one that was not used for so long.</summary>
    private static async Task<bool> Occurs(HeliotropeDb db, Actor actor, Play play, DateTimeOffset? usedAt, DateTimeOffset now) =>
        now - (usedAt ?? play.InUseSince ?? play.CreatedAt) > Stale.UnusedFor && await (await InSituation(db, actor, play, now - Stale.UnusedFor, now)).AnyAsync();

    private static async Task<IQueryable<Conversation>> InSituation(HeliotropeDb db, Actor actor, Play play, DateTimeOffset since, DateTimeOffset now)
    {
        var found = db.Conversations.WithoutSpam().Where(c => c.HappinessStartedAt >= since);
        if (play.DriverId is { } driver)
        {
            found = found.Where(c => c.DriverId == driver);
        }

        found = play.Mood switch
        {
            PlayMood.Complaint => found.Where(c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Complaint)),
            PlayMood.Pressing => found.Where(c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Urgency)),
            PlayMood.Thanks => found.Where(c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Gratitude)),
            _ => found,
        };
        if (play.SegmentId is not { } segment)
        {
            return found;
        }

        var text = await db.Segments.Where(s => s.Id == segment).Select(s => s.Text).FirstOrDefaultAsync();
        if (text is null)
        {
            return found.Where(_ => false);
        }

        var people = PeopleMatching.On(new(db, actor, now, Zone.Here), PeopleOperators.Read(text)).Select(c => c.Id);
        return found.Where(c => people.Contains(c.CustomerId));
    }

    private static EndCounts Count(IEnumerable<(HappinessEnd? End, int Count)> counts)
    {
        var of = counts.ToList();
        int Of(HappinessEnd? end) => of.Where(each => each.End == end).Sum(each => each.Count);
        return new(Of(HappinessEnd.Confirmed), Of(HappinessEnd.Thanked), Of(HappinessEnd.Silent), Of(HappinessEnd.Unhappy), Of(null));
    }

    /// <summary>What drivers and segments are called.</summary>
    internal sealed record About(IReadOnlyDictionary<long, string> Drivers, IReadOnlyDictionary<long, string> Segments)
    {
        public NamedRef? Driver(long? id) => id is { } known && Drivers.TryGetValue(known, out var name) ? new(known, name) : null;

        public NamedRef? Segment(long? id) => id is { } known && Segments.TryGetValue(known, out var name) ? new(known, name) : null;

        public bool IsGone(Play play) => (play.DriverId is not null && Driver(play.DriverId) is null) || (play.SegmentId is not null && Segment(play.SegmentId) is null);
    }
}
