using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>A conversation's history, and what its baseline is looked up by.</summary>
internal sealed record Told(History History, long? DriverId, Channel Channel, bool Demo);

/// <summary>Reads what figures are counted from, as it lies in the database: whatever nobody may see is counted all the same.</summary>
internal static class Histories
{
    public static async Task<List<Told>> Of(HeliotropeDb db, IReadOnlyCollection<long> numbers)
    {
        var heads = await db.Conversations.IgnoreQueryFilters().AsNoTracking().Where(c => numbers.Contains(c.Number))
            .Select(c => new { c.Number, c.Channel, c.DriverId, c.Demo, c.HappinessStartedAt, c.HappinessEndedAt, c.HappinessEnd }).ToListAsync();
        var entries = (await db.Entries.IgnoreQueryFilters().AsNoTracking().Where(e => numbers.Contains(e.ConversationNumber) && e.Kind != EntryKind.Note)
            .Select(e => new { e.ConversationNumber, e.Id, e.At, e.Kind, e.Direction, e.Author, e.FromName, e.Text, e.Detail, e.DueAt, e.UserId, e.ForwardedTo }).ToListAsync())
            .ToLookup(e => e.ConversationNumber);
        var promises = (await db.Promises.IgnoreQueryFilters().AsNoTracking().Where(p => numbers.Contains(p.ConversationNumber)).Select(p => new { p.ConversationNumber, p.State }).ToListAsync())
            .ToLookup(p => p.ConversationNumber, p => p.State);
        var read = await db.Readings.IgnoreQueryFilters().AsNoTracking().Where(r => numbers.Contains(r.ConversationNumber) && (r.Complaint || r.LifeEvent != null))
            .Select(r => new { r.ConversationNumber, LifeEvent = r.LifeEvent != null }).ToDictionaryAsync(r => r.ConversationNumber, r => r.LifeEvent);
        return heads.ConvertAll(head => new Told(
            new(
                head.Number,
                new HappinessClock(head.HappinessStartedAt, head.HappinessEndedAt, head.HappinessEnd),
                [.. entries[head.Number].Select(e => new Happened(e.Id, e.At, e.Kind, e.Direction, e.Author, e.FromName, e.Text, e.Detail, e.DueAt) { Channel = head.Channel, UserId = e.UserId, Forwarded = e.ForwardedTo.Length > 0 })],
                [.. promises[head.Number]],
                Complaint: read.TryGetValue(head.Number, out var hard) && !hard,
                LifeEvent: hard),
            head.DriverId, head.Channel, head.Demo));
    }
}
