using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Plays;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>Suggests plays from replies that ended well: one answer by a person, and then the customer confirmed (docs/method.md, D2).</summary>
internal sealed class SuggestPlays(Store store, TimeProvider time, ILogger<SuggestPlays> log)
    : Worker(TimeSpan.FromHours(6), "Plays could not be suggested", log)
{
    /// <summary>The newest say best what works today, and so many are read in no time.</summary>
    private const int MostLookedAt = 200;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        if (!await store.Read(db => Replaying.IsOn(db, time.Now())))
        {
            await Suggest(cancel);
        }

        return Every;
    }

    /// <summary>Looks once at every driver.</summary>
    /// <returns>How many were suggested.</returns>
    public async Task<int> Suggest(CancellationToken cancel)
    {
        var drivers = await store.Read(db => db.Drivers.OrderBy(d => d.Id).Take(ChangeDrivers.Most).Select(d => d.Id).ToListAsync(cancel));
        var suggested = 0;
        foreach (var driver in drivers)
        {
            var found = await store.Read(db => Find(db, driver, cancel)); // apart, so that nobody who writes waits for the looking
            suggested += found.Count == 0 ? 0 : await store.Write(db => Keep(db, found, cancel), cancel);
        }

        return suggested;
    }

    private async Task<List<Play>> Find(HeliotropeDb db, long driver, CancellationToken cancel)
    {
        var open = await db.Plays.CountAsync(p => p.DriverId == driver && p.State == PlayState.Suggested, cancel);
        if (open >= Suggestion.MostOpen)
        {
            return [];
        }

        var rows = await db.Conversations.WithoutSpam().Where(c => c.DriverId == driver && c.HappinessEnd == HappinessEnd.Confirmed && !db.Readings.Any(r => r.ConversationNumber == c.Number && r.LifeEvent != null))
            .OrderByDescending(c => c.HappinessEndedAt).ThenByDescending(c => c.Number).Take(MostLookedAt)
            .Select(c => new
            {
                Conversation = c,
                Customer = db.Customers.Where(p => p.Id == c.CustomerId).Select(p => p.Name).First(),
                Answers = SuggestPlay.Replies(db).Count(e => e.ConversationNumber == c.Number),
                Messages = db.Entries.Count(e => e.ConversationNumber == c.Number && e.Kind == EntryKind.Message),
                Complaint = db.Readings.Any(r => r.ConversationNumber == c.Number && r.Complaint),
            })
            .Where(row => row.Answers == 1).ToListAsync(cancel);
        var numbers = rows.ConvertAll(row => row.Conversation.Number);
        var people = rows.ConvertAll(row => row.Conversation.CustomerId);
        var replies = await SuggestPlay.Replies(db).Where(e => numbers.Contains(e.ConversationNumber) && !db.Plays.Any(p => p.EntryId == e.Id))
            .Select(e => new { e.Id, e.ConversationNumber, e.Text, e.FromName }).ToDictionaryAsync(e => e.ConversationNumber, cancel);
        var addresses = (await db.CustomerAddresses.Where(a => people.Contains(a.CustomerId)).OrderBy(a => a.Id).Select(a => new { a.CustomerId, a.Address }).ToListAsync(cancel))
            .ToLookup(a => a.CustomerId, a => $"{a.Address}");
        var candidates = from row in rows
                         let reply = replies.GetValueOrDefault(row.Conversation.Number)
                         where reply is not null
                         select new Candidate(
                             row.Conversation.Number, reply.Id, row.Complaint, row.Messages, row.Conversation.HappinessEndedAt ?? row.Conversation.LastActivityAt,
                             Nameless.Of(reply.Text, row.Customer, addresses[row.Conversation.CustomerId], reply.FromName).Trim());
        var known = await db.Plays.Where(p => p.DriverId == driver || p.DriverId == null).Select(p => p.Words).ToListAsync(cancel);
        var (all, now) = (rows.ToDictionary(row => row.Conversation.Number, row => row.Conversation), time.Now());
        return [.. Suggestion.Choose(candidates, known, open).Select(each => SuggestPlay.Of(all[each.Conversation], each.Entry, each.Words, each.Complaint, now))];
    }

    private static async Task<int> Keep(HeliotropeDb db, List<Play> found, CancellationToken cancel)
    {
        var entries = found.ConvertAll(play => play.EntryId);
        var meanwhile = await db.Plays.Where(p => entries.Contains(p.EntryId)).Select(p => p.EntryId).ToListAsync(cancel);
        var left = found.Where(play => !meanwhile.Contains(play.EntryId)).Take(Math.Max(0, Play.MostInAll - await db.Plays.CountAsync(cancel))).ToList();
        left.ForEach(play => play.Id = 0); // written again when somebody else wrote meanwhile
        db.Plays.AddRange(left);
        return left.Count;
    }
}
