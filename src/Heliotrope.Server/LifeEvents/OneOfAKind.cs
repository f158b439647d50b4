using Heliotrope.Core.LifeEvents;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>
/// Of a kind a customer has one open at a time, as far as the same people see it. What a private team was told does not count for others: it would tell them that there is something,
/// and what they know would be lost to everybody else.
/// </summary>
internal static class OneOfAKind
{
    /// <summary>A customer's life events that everybody sees who sees a team's conversations, for queries.</summary>
    public static IQueryable<CustomerLifeEvent> Beside(HeliotropeDb db, long customer, long? team) => db.LifeEvents.IgnoreQueryFilters()
        .Where(e => e.CustomerId == customer
            && !db.Conversations.IgnoreQueryFilters().Any(c => c.Number == e.ConversationNumber && c.TeamId != team && db.Teams.Any(t => t.Id == c.TeamId && t.Private)));

    /// <summary>Lets two who are told at once begin one after the other: no index can see what they may know of each other.</summary>
    public static Task Hold(HeliotropeDb db, long customer) => db.HoldCustomer is { } hold ? hold(customer) : Task.CompletedTask;

    /// <summary>Whether a team keeps what it is told to itself.</summary>
    public static Task<bool> IsSecret(HeliotropeDb db, long? team) => db.Teams.AnyAsync(t => t.Id == team && t.Private);

    /// <summary>It is told in a conversation as well. One that everybody sees does not go into a private team's.</summary>
    public static async Task Tell(HeliotropeDb db, CustomerLifeEvent life, long number, long? team)
    {
        if (!await IsSecret(db, team))
        {
            life.Tell(number);
        }
    }

    /// <summary>What was done about some life events is done about those of the same kind that are open where they go, as far as the same people see both.</summary>
    /// <param name="db">In the transaction in which they go there.</param>
    /// <param name="some">Those that go, with their steps and contacts loaded.</param>
    /// <param name="to">Whose they are from now on.</param>
    /// <param name="into">The team of the conversation in which all of them are told from now on; null where each stays where it is.</param>
    /// <param name="cancel">Given up.</param>
    /// <returns>Those that became part of another, and are gone.</returns>
    public static async Task<IReadOnlyCollection<CustomerLifeEvent>> Join(HeliotropeDb db, IReadOnlyCollection<CustomerLifeEvent> some, long to, Place? into, CancellationToken cancel)
    {
        var coming = some.Where(e => e.ClosedAt is null).ToList();
        if (coming.Count == 0)
        {
            return [];
        }

        var ids = coming.ConvertAll(e => e.Id);
        var own = await db.LifeEvents.IgnoreQueryFilters().Include(e => e.Steps).Include(e => e.Contacts).Where(e => e.CustomerId == to && e.ClosedAt == null && !ids.Contains(e.Id)).OrderBy(e => e.Id).ToListAsync(cancel);
        var numbers = own.Concat(coming).Select(e => e.ConversationNumber).OfType<long>().ToList();
        var secret = await db.Conversations.IgnoreQueryFilters().Where(c => numbers.Contains(c.Number) && db.Teams.Any(t => t.Id == c.TeamId && t.Private)).ToDictionaryAsync(c => c.Number, c => c.TeamId, cancel);
        long? SecretOf(CustomerLifeEvent life) => life.ConversationNumber is { } number ? secret.GetValueOrDefault(number) : null;
        var there = into is { } place && await IsSecret(db, place.Team) ? place.Team : null;
        var gone = new List<CustomerLifeEvent>();
        foreach (var other in coming)
        {
            var sight = into is null ? SecretOf(other) : there;
            if (own.Find(e => e.Kind == other.Kind && SecretOf(e) == sight) is not { } same)
            {
                own.Add(other);
                continue;
            }

            same.TakeOver(other);
            foreach (var link in await db.FamilyLinks.IgnoreQueryFilters().Where(l => l.LifeEventId == other.Id).ToListAsync(cancel))
            {
                link.LifeEventId = same.Id;
            }

            await db.SaveChangesAsync(cancel); // before it goes, and what hung on it with it
            db.LifeEvents.Remove(other);
            gone.Add(other);
        }

        return gone;
    }

    /// <summary>The conversation in which they are told.</summary>
    /// <param name="Team">Its team; null for nobody's.</param>
    internal readonly record struct Place(long? Team);
}
