using Heliotrope.Core.Conversations;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>That a reading says something else of a customer's life than before.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="At">When it was told (UTC); null where nobody wrote just now.</param>
/// <param name="Said">A colleague put it right.</param>
internal sealed record ToldEvent(ConversationReading Reading, DateTimeOffset? At, bool Said);

/// <summary>
/// Reads from what is being saved that something happened in a customer's life: whatever way a message is read in, and whoever puts a reading right (docs/decisions/0038). It acts once the rows have
/// their keys, in the same transaction. What lies in the past, because it was played in, opens at its own time and is given to nobody.
/// </summary>
internal static class LifeWatch
{
    /// <summary>What is older was not told now: nobody is given it and nobody is told.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>What changed in readings; before the save.</summary>
    public static IReadOnlyList<ToldEvent> Told(HeliotropeDb db)
    {
        var readings = db.ChangeTracker.Entries<ConversationReading>()
            .Where(e => e.State is EntityState.Added ? e.Entity.LifeEvent is not null : e.State is EntityState.Modified && (e.Property(r => r.LifeEvent).IsModified || (e.Entity.LifeEventSaid && e.Property(r => r.LifeEventSaid).IsModified)))
            .ToList();
        if (readings.Count == 0)
        {
            return [];
        }

        var heard = db.ChangeTracker.Entries<Entry>().Where(e => e.State is EntityState.Added && e.Entity is { Direction: Direction.In, Author: Author.Known })
            .ToLookup(e => e.Property(p => p.ConversationNumber).CurrentValue, e => e.Entity.At);
        return readings.ConvertAll(e => new ToldEvent(e.Entity, heard[e.Property(r => r.ConversationNumber).CurrentValue].Select(at => (DateTimeOffset?)at).Max(), e.Entity.LifeEventSaid));
    }

    /// <summary>Acts on it; after the save.</summary>
    public static async Task Act(HeliotropeDb db, IReadOnlyList<ToldEvent> told, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var each in told)
        {
            if (await db.Conversations.FindAsync([each.Reading.ConversationNumber], cancel) is not { IsSpam: false } conversation)
            {
                continue;
            }

            if (each.Reading.LifeEvent is { } kind)
            {
                var at = each.At ?? now;
                if (at > now - Conversation.LongOver)
                {
                    await Open(db, conversation, kind, each.Said, at, isFresh: at > now - Fresh && !await Replaying.IsOn(db, now));
                }
            }
            else if (each.Said)
            {
                await Drop(db, conversation, now);
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    private static async Task Open(HeliotropeDb db, Conversation conversation, LifeEvent kind, bool said, DateTimeOffset at, bool isFresh)
    {
        var open = await db.LifeEvents.IgnoreQueryFilters().Where(e => e.CustomerId == conversation.CustomerId && e.ClosedAt == null).ToListAsync();
        if (open.Find(e => e.Kind == kind) is { } same)
        {
            if (same.ConversationNumber != conversation.Number)
            {
                same.Tell(conversation.Number);
                conversation.Record("life-event-told", "", at);
            }

            return;
        }

        // What was read here and put right is the same event with another name.
        if (said && open.Find(e => e.ConversationNumber == conversation.Number) is { } misread)
        {
            misread.Become(kind);
            conversation.Record(db.By ?? Actor.System, EventOf(kind), "", at);
            return;
        }

        await OpenLifeEvent.Begin(db, conversation.CustomerId, conversation, kind, said && db.By is { } colleague ? colleague : Actor.System, at, isFresh);
    }

    /// <summary>A colleague says that nothing happened: what was read here alone is dropped, and what somebody knows otherwise stays.</summary>
    private static async Task Drop(HeliotropeDb db, Conversation conversation, DateTimeOffset now)
    {
        var elsewhere = await db.Readings.IgnoreQueryFilters()
            .Where(r => r.ConversationNumber != conversation.Number && r.LifeEvent != null && db.Conversations.IgnoreQueryFilters().Any(c => c.Number == r.ConversationNumber && c.CustomerId == conversation.CustomerId))
            .Select(r => r.LifeEvent!.Value).ToListAsync();
        foreach (var life in await db.LifeEvents.Where(e => e.ConversationNumber == conversation.Number && e.ClosedAt == null).ToListAsync())
        {
            if (!elsewhere.Contains(life.Kind))
            {
                life.Drop(db.By?.Name ?? "", now);
                conversation.Record(db.By ?? Actor.System, "life-event-dropped", "", now);
            }
        }
    }

    /// <summary>The code of the event that says what happened.</summary>
    public static string EventOf(LifeEvent kind) => "life-event." + Core.Codes.Of(kind);
}
