using Heliotrope.Core.People;
using Heliotrope.Core.Plays;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Search;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>A play, as it is offered beside a reply.</summary>
/// <param name="Id">The play.</param>
/// <param name="Title">Its title.</param>
/// <param name="Why">Its situation, in words.</param>
/// <param name="Steps">What to do.</param>
/// <param name="SafeHtml">What to say, as clean HTML; empty when it only says what to do.</param>
public sealed record PlayOffer(long Id, string Title, string Why, IReadOnlyList<string> Steps, string SafeHtml);

/// <summary>A play that a reply is being written with.</summary>
/// <param name="Id">The play.</param>
/// <param name="Title">Its title.</param>
public sealed record PlayChosen(long Id, string Title);

/// <summary>Finds the plays whose situation has arisen in a conversation.</summary>
internal static class PlayOffers
{
    /// <summary>More would be a list to read before answering.</summary>
    public const int Most = 3;

    /// <summary>What reads like a driver with less than this is more likely wrong than right.</summary>
    private const double Likely = 0.5;

    /// <summary>So many are looked at for their language: of two that fit as well, theirs comes first.</summary>
    private const int MostCompared = 12;

    /// <summary>Those of one driver, and those of any: with more, nobody tells them apart.</summary>
    private const int MostRead = 200;

    public static async Task<IReadOnlyList<PlayOffer>> Of(HeliotropeDb db, Actor actor, long number, DateTimeOffset now)
    {
        if (!actor.MayWork || await db.Conversations.WithoutSpam().Where(c => c.Number == number).Select(c => new { c.DriverId, c.CustomerId }).FirstOrDefaultAsync() is not { } conversation)
        {
            return [];
        }

        var reading = await db.Readings.AsNoTracking().FirstOrDefaultAsync(r => r.ConversationNumber == number);
        var driver = conversation.DriverId ?? (reading is { DriverSure: >= Likely } ? reading.DriverId : null);
        var moods = new (PlayMood Mood, bool Is)[] { (PlayMood.Complaint, reading?.Complaint is true), (PlayMood.Pressing, reading?.Urgency is true), (PlayMood.Thanks, reading?.Gratitude is true) }
            .Where(each => each.Is).Select(each => each.Mood).ToHashSet();
        var plays = await db.Plays.AsNoTracking().Where(p => p.State == PlayState.InUse && (p.DriverId == null || p.DriverId == driver))
            .OrderByDescending(p => db.PlayUses.Count(u => u.PlayId == p.Id)).ThenBy(p => p.Title).ThenBy(p => p.Id).Take(MostRead).ToListAsync();
        if (plays.Count == 0)
        {
            return [];
        }

        var occurrence = new Occurrence(driver, moods, await Segments(db, actor, plays, conversation.CustomerId, now));
        var fitting = Situation.Fitting(plays, play => play.Situation, occurrence, MostCompared)
            .OrderByDescending(play => play.Situation.Details).ThenBy(play => IsForeign(play.Words, reading?.Language)).Take(Most).ToList();
        var about = await PlayRecords.Abouts(db, fitting);
        return [.. fitting.Select(play => new PlayOffer(play.Id, play.Title, Why(play, about), play.StepList, play.Words.Length == 0 ? "" : Markdown.ToHtml(play.Words)))];
    }

    /// <summary>Those that a draft was begun with.</summary>
    public static async Task<IReadOnlyList<PlayChosen>> In(HeliotropeDb db, IReadOnlyList<long> ids) =>
        ids.Count == 0 ? [] : await db.Plays.Where(p => ids.Contains(p.Id) && p.State == PlayState.InUse).OrderBy(p => p.Id).Select(p => new PlayChosen(p.Id, p.Title)).ToListAsync();

    /// <summary>"Wrong item · a complaint", or that it is for anything.</summary>
    public static string Why(string? driver, PlayMood? mood, string? segment)
    {
        var parts = new[] { driver, mood is { } known ? Words.T("plays.mood." + known.ToString().ToLowerInvariant()) : null, segment }.OfType<string>().ToList();
        return parts.Count == 0 ? Words.T("plays.any") : string.Join(" · ", parts);
    }

    private static bool IsForeign(string words, string? theirs) => theirs is not null && words.Length > 0 && LanguageReading.Of(words) is { } language && language != theirs;

    private static string Why(Play play, PlayRecords.About about) => Why(about.Driver(play.DriverId)?.Name, play.Mood, about.Segment(play.SegmentId)?.Name);

    /// <summary>Of the segments that a play is for those that the customer is in; none other is asked for.</summary>
    private static async Task<HashSet<long>> Segments(HeliotropeDb db, Actor actor, List<Play> plays, long customer, DateTimeOffset now)
    {
        var wanted = plays.Select(play => play.SegmentId).OfType<long>().Distinct().ToList();
        var found = new HashSet<long>();
        foreach (var segment in wanted.Count == 0 ? [] : await db.Segments.AsNoTracking().Where(s => wanted.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync())
        {
            if (await PeopleMatching.On(new(db, actor, now, Zone.Here), segment.Query).AnyAsync(c => c.Id == customer))
            {
                found.Add(segment.Id);
            }
        }

        return found;
    }
}
