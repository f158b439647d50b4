using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>A conversation turns out to be somebody else's, or part of another one: what was told in it happened in the life of whoever has it now, and for them everything automatic stops.</summary>
internal static class TakeAlong
{
    /// <param name="db">In the transaction in which it moves.</param>
    /// <param name="number">The conversation in which it was told.</param>
    /// <param name="before">Whose it was.</param>
    /// <param name="now">Where it stands from now on, and whose it is: itself, or the one that it becomes part of.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="cancel">Given up.</param>
    public static async Task Write(HeliotropeDb db, long number, long before, Conversation now, DateTimeOffset at, CancellationToken cancel)
    {
        var customer = now.CustomerId;
        var told = await db.LifeEvents.IgnoreQueryFilters().Include(e => e.Steps).Include(e => e.Contacts).Where(e => e.ConversationNumber == number).OrderBy(e => e.Id).ToListAsync(cancel);
        var gone = await OneOfAKind.Join(db, told, customer, new(now.TeamId), cancel);
        foreach (var life in told.Except(gone))
        {
            life.GoTo(customer);
        }

        await db.SaveChangesAsync(cancel);
        if (before == customer)
        {
            return;
        }

        await Stay(db, number, before, [.. told.Where(e => e.ClosedAt is null).Select(e => (e.Kind, e.OpenedAt))], cancel);

        // It may have been told in another conversation first: then it stays there, and is told of both.
        if (await db.Readings.IgnoreQueryFilters().Where(r => r.ConversationNumber == number).Select(r => r.LifeEvent).FirstOrDefaultAsync(cancel) is { } kind && !now.IsSpam
            && !await OneOfAKind.Beside(db, customer, now.TeamId).AnyAsync(e => e.Kind == kind && e.ClosedAt == null, cancel)
            && await OneOfAKind.Beside(db, before, now.TeamId).Where(e => e.Kind == kind && e.ClosedAt == null).Select(e => (DateTimeOffset?)e.OpenedAt).FirstOrDefaultAsync(cancel) is { } since)
        {
            await OpenLifeEvent.Begin(db, customer, now, kind, Actor.System, since, at, read: true);
        }
        else if (told.Exists(e => e.StopsAt(at)))
        {
            await LifeStops.Withdraw(db, customer, at);
            await StopLeaving.Hold(db, customer, now.TeamId, at);
        }
    }

    /// <summary>What is told in what they still have holds for whoever had it, too.</summary>
    private static async Task Stay(HeliotropeDb db, long number, long before, IReadOnlyList<(LifeEvent Kind, DateTimeOffset Since)> gone, CancellationToken cancel)
    {
        foreach (var (kind, since) in gone)
        {
            if (await db.Conversations.IgnoreQueryFilters().Where(c => c.CustomerId == before && c.Number != number && !c.IsSpam && db.Readings.IgnoreQueryFilters().Any(r => r.ConversationNumber == c.Number && r.LifeEvent == kind))
                    .OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancel) is { } other
                && !await OneOfAKind.Beside(db, before, other.TeamId).AnyAsync(e => e.Kind == kind && e.ClosedAt == null, cancel))
            {
                await OpenLifeEvent.Begin(db, before, other, kind, Actor.System, since, null, read: true);
                await db.SaveChangesAsync(cancel);
            }
        }
    }
}
