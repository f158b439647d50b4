using Heliotrope.Core.Conversations;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>What was told of a customer's life in a conversation.</summary>
/// <param name="Reading">The reading of what was told; null where a conversation is no spam after all.</param>
/// <param name="Cleared">The conversation that is no spam after all; else null.</param>
/// <param name="Kinds">What each message told.</param>
/// <param name="At">When it was told, where the messages do not say (UTC); null where nobody wrote just now.</param>
/// <param name="PutRight">A colleague put the reading right.</param>
internal sealed record ToldEvent(ConversationReading? Reading, Conversation? Cleared, IReadOnlyList<ToldLifeEvent> Kinds, DateTimeOffset? At, bool PutRight);

/// <summary>
/// Reads from what is being saved that something happened in a customer's life: whatever way a message is read in, and whoever puts a reading right (docs/decisions/0038). It acts once the rows have
/// their keys, in the same transaction. What lies in the past, because it was played in, opens at its own time and is given to nobody.
/// </summary>
internal static class LifeWatch
{
    /// <summary>What is older was not told now: nobody is given it and nobody is told.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>What messages told and colleagues put right, and what is no spam after all; before the save.</summary>
    public static IReadOnlyList<ToldEvent> Told(HeliotropeDb db)
    {
        var cleared = db.ChangeTracker.Entries<Conversation>().Where(e => e.State is EntityState.Modified && e.Property(c => c.IsSpam) is { IsModified: true, CurrentValue: false })
            .Select(e => new ToldEvent(null, e.Entity, [], null, PutRight: false));
        var readings = db.ChangeTracker.Entries<ConversationReading>().Where(e => e.State is not EntityState.Deleted && (e.Entity.PutRight || e.Entity.Told.Count > 0)).ToList();
        if (readings.Count == 0)
        {
            return [.. cleared];
        }

        var heard = db.ChangeTracker.Entries<Entry>().Where(e => e.State is EntityState.Added && e.Entity is { Direction: Direction.In, Author: not Author.Machine })
            .ToLookup(e => e.Property(p => p.ConversationNumber).CurrentValue, e => e.Entity.At);
        List<ToldEvent> told = [.. cleared];
        foreach (var each in readings)
        {
            told.Add(new(each.Entity, null, [.. each.Entity.Told], heard[each.Property(r => r.ConversationNumber).CurrentValue].Select(at => (DateTimeOffset?)at).Max(), each.Entity.PutRight));
            each.Entity.Heard(); // once: what is saved later in the same transaction tells nothing again
        }

        return told;
    }

    /// <summary>Acts on it; after the save.</summary>
    public static async Task Act(HeliotropeDb db, IReadOnlyList<ToldEvent> told, DateTimeOffset now, CancellationToken cancel)
    {
        var played = await Replaying.IsOn(db, now);
        foreach (var each in told)
        {
            var number = each.Cleared?.Number ?? each.Reading!.ConversationNumber;
            if (await db.Conversations.FindAsync([number], cancel) is not { IsSpam: false } conversation)
            {
                continue;
            }

            var kinds = each.Cleared is null ? each.Kinds : await In(db, number);
            foreach (var (kind, written) in kinds.DistinctBy(t => t.Kind))
            {
                var at = written ?? each.At ?? await LastWritten(db, number, cancel) ?? now;
                if (at > now - Conversation.LongOver)
                {
                    // What was taken for spam is heard only now.
                    await Open(db, conversation, kind, said: false, at, !played && (each.Cleared is not null || at > now - Fresh) ? now : null);
                }
            }

            if (each is { PutRight: true, Reading.LifeEvent: { } said })
            {
                await Open(db, conversation, said, said: true, now, played ? null : now);
            }
            else if (each.PutRight)
            {
                await Drop(db, conversation, now);
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What is told in a conversation, the oldest first; and where a colleague said what happened, that.</summary>
    private static async Task<IReadOnlyList<ToldLifeEvent>> In(HeliotropeDb db, long number)
    {
        var written = await CorrectReading.Written(db, number);
        if (await db.Readings.FindAsync(number) is { LifeEventSaid: true } reading)
        {
            return reading.LifeEvent is { } said && written.Count > 0 ? [new(said, written[0].At)] : [];
        }

        var words = await Lessons.Of(db);
        return [.. Enumerable.Reverse(written).Select(w => (words.Read(w.Text).LifeEvent, w.At)).Where(w => w.LifeEvent is not null).Select(w => new ToldLifeEvent(w.LifeEvent!.Value, w.At))];
    }

    private static Task<DateTimeOffset?> LastWritten(HeliotropeDb db, long number, CancellationToken cancel) => db.Entries
        .Where(e => e.ConversationNumber == number && e.Direction == Direction.In && e.Author != Author.Machine).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancel);

    private static async Task Open(HeliotropeDb db, Conversation conversation, LifeEvent kind, bool said, DateTimeOffset at, DateTimeOffset? now)
    {
        await OneOfAKind.Hold(db, conversation.CustomerId);

        // What was told before one of the kind ended here was heard then.
        var number = conversation.Number;
        var known = await OneOfAKind.Beside(db, conversation.CustomerId, conversation.TeamId)
            .Where(e => e.ClosedAt == null || (e.ConversationNumber == number && e.Kind == kind && e.ClosedAt > at)).OrderBy(e => e.Id).ToListAsync();
        if (known.Find(e => e.Kind == kind) is { } same)
        {
            if (same.ConversationNumber != number && same.ClosedAt is null && !await db.Entries.AnyAsync(e => e.ConversationNumber == number && e.Kind == EntryKind.Event && e.Text == ToldHere))
            {
                await OneOfAKind.Tell(db, same, number, conversation.TeamId);
                conversation.Record(ToldHere, "", at);
            }

            return;
        }

        // What was read here and put right is the same event with another name.
        if (said && known.Find(e => e is { ClosedAt: null, OpenedBy: "" } && e.ConversationNumber == number) is { } misread)
        {
            misread.Become(kind);
            conversation.Record(db.By ?? Actor.System, EventOf(kind), "", at);
            return;
        }

        await OpenLifeEvent.Begin(db, conversation.CustomerId, conversation, kind, said && db.By is { } colleague ? colleague : Actor.System, at, now, read: true);
        await db.SaveChangesAsync(); // another kind may be told in the same breath
    }

    /// <summary>A colleague says that nothing happened: what was read here alone is dropped. What somebody knows otherwise stays, and was not told here.</summary>
    private static async Task Drop(HeliotropeDb db, Conversation conversation, DateTimeOffset now)
    {
        var elsewhere = await db.Readings.IgnoreQueryFilters()
            .Where(r => r.ConversationNumber != conversation.Number && r.LifeEvent != null && db.Conversations.IgnoreQueryFilters().Any(c => c.Number == r.ConversationNumber && c.CustomerId == conversation.CustomerId))
            .Select(r => r.LifeEvent!.Value).ToListAsync();
        foreach (var life in await db.LifeEvents.Where(e => e.ConversationNumber == conversation.Number && e.ClosedAt == null).ToListAsync())
        {
            if (life.OpenedBy.Length == 0 && !elsewhere.Contains(life.Kind))
            {
                life.Drop(db.By?.Name ?? "", now);
                conversation.Record(db.By ?? Actor.System, "life-event-dropped", "", now);
            }
            else if (life.OpenedBy.Length > 0 && !await OneOfAKind.IsSecret(db, conversation.TeamId)) // without its conversation everybody would see what a private team knows
            {
                life.Untell();
            }
        }
    }

    private const string ToldHere = "life-event-told";

    /// <summary>The code of the event that says what happened.</summary>
    public static string EventOf(LifeEvent kind) => "life-event." + Core.Codes.Of(kind);
}
