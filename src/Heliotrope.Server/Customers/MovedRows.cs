using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Database;
using Heliotrope.Server.Imports;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Everything that hangs on a customer and moves when two become one or one becomes two; what the actor may not see as well, or it would be lost.</summary>
internal sealed class MovedRows
{
    /// <summary>They are all held at once, so that they can be put back: more are no person, but a list.</summary>
    public const int Most = 5_000;

    public List<Conversation> Conversations { get; private init; } = [];

    public List<Promise> Promises { get; private init; } = [];

    public List<CustomerAddress> Addresses { get; private init; } = [];

    public List<CustomerPhone> Phones { get; private init; } = [];

    public List<Purchase> Purchases { get; private init; } = [];

    public List<ProductEvent> Events { get; private init; } = [];

    /// <summary>What happened in their life: it stays what it is, whoever they turn out to be.</summary>
    public List<CustomerLifeEvent> LifeEvents { get; private init; } = [];

    /// <summary>Whom another desk's ids lead to.</summary>
    public List<Imported> Imported { get; private init; } = [];

    public bool TooMany => Math.Max(Math.Max(Conversations.Count, Promises.Count), Math.Max(Purchases.Count, Events.Count)) > Most;

    public static async Task<MovedRows> Of(HeliotropeDb db, long customer) => new()
    {
        Conversations = await db.Conversations.IgnoreQueryFilters().Where(c => c.CustomerId == customer).OrderBy(c => c.Number).Take(Most + 1).ToListAsync(),
        Promises = await db.Promises.IgnoreQueryFilters().Where(p => p.CustomerId == customer).OrderBy(p => p.Id).Take(Most + 1).ToListAsync(),
        Addresses = await db.CustomerAddresses.IgnoreQueryFilters().Where(a => a.CustomerId == customer).OrderBy(a => a.Id).ToListAsync(),
        Phones = await db.CustomerPhones.IgnoreQueryFilters().Where(p => p.CustomerId == customer).OrderBy(p => p.Id).ToListAsync(),
        Purchases = await db.Purchases.IgnoreQueryFilters().Where(p => p.CustomerId == customer).OrderBy(p => p.Id).Take(Most + 1).ToListAsync(),
        LifeEvents = await db.LifeEvents.IgnoreQueryFilters().Include(e => e.Steps).Include(e => e.Contacts).Where(e => e.CustomerId == customer).OrderBy(e => e.Id).ToListAsync(),
        Imported = await db.ImportedThings.IgnoreQueryFilters().Where(i => i.CustomerId == customer).OrderBy(i => i.Id).Take(Most + 1).ToListAsync(),
        Events = await db.ProductEvents.IgnoreQueryFilters().Where(e => e.CustomerId == customer).OrderBy(e => e.Id).Take(Most + 1).ToListAsync(),
    };

    /// <summary>Those of which somebody says that they move. A promise goes with its conversation, and so does what happened in a life.</summary>
    public MovedRows Where(Func<MergedKind, long, bool> moves)
    {
        var conversations = Conversations.FindAll(c => moves(MergedKind.Conversation, c.Number));
        var numbers = conversations.Select(c => c.Number).ToHashSet();
        return new()
        {
            Conversations = conversations,
            Promises = Promises.FindAll(p => numbers.Contains(p.ConversationNumber)),
            LifeEvents = LifeEvents.FindAll(e => e.ConversationNumber is { } told && numbers.Contains(told)),
            Addresses = Addresses.FindAll(a => moves(MergedKind.Address, a.Id)),
            Phones = Phones.FindAll(p => moves(MergedKind.Phone, p.Id)),
            Purchases = Purchases.FindAll(p => moves(MergedKind.Purchase, p.Id)),
            Events = Events.FindAll(e => moves(MergedKind.Event, e.Id)),
        };
    }

    public void MoveTo(long customer)
    {
        Conversations.ForEach(c => c.GoTo(customer));
        Promises.ForEach(p => p.GoTo(customer));
        LifeEvents.ForEach(e => e.GoTo(customer));
        Addresses.ForEach(a => a.MoveTo(customer));
        Phones.ForEach(p => p.MoveTo(customer));
        Purchases.ForEach(p => p.MoveTo(customer));
        Events.ForEach(e => e.MoveTo(customer));

        // Whoever stays was not made by the import: they must not go when it is taken back.
        Imported.ForEach(i => (i.CustomerId, i.Made) = (customer, i.Made && i.Kind != ImportedKind.Person));
    }

    /// <summary>What a merge remembers, so that it can be told apart again later.</summary>
    public IEnumerable<MergedRow> Remember(long merge) =>
    [
        .. Conversations.Select(c => new MergedRow(merge, MergedKind.Conversation, c.Number)),
        .. Addresses.Select(a => new MergedRow(merge, MergedKind.Address, a.Id)),
        .. Phones.Select(p => new MergedRow(merge, MergedKind.Phone, p.Id)),
        .. Purchases.Select(p => new MergedRow(merge, MergedKind.Purchase, p.Id)),
        .. Events.Select(e => new MergedRow(merge, MergedKind.Event, e.Id)),
    ];
}
