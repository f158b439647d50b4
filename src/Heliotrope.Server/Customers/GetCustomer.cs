using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Somebody who writes to us.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name as they write it; their address while no name is known.</param>
/// <param name="Language">The language they write in, as a two-letter code; null while unknown.</param>
/// <param name="Addresses">The addresses they write from, the one we write to first.</param>
/// <param name="CreatedAt">When they first wrote (UTC).</param>
/// <param name="Conversations">Their latest conversations, up to 50, latest activity first; spam left out.</param>
/// <param name="Promises">How promises to them were kept.</param>
public sealed record CustomerDetails(long Id, string Name, string? Language, IReadOnlyList<string> Addresses, DateTimeOffset CreatedAt, IReadOnlyList<ConversationRow> Conversations, PromiseRecord Promises)
{
    /// <summary>Somebody said which language it is: what they write next does not change it.</summary>
    public bool LanguageSet { get; init; }

    /// <summary>The phones they can be reached at, as they were typed.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>The organisation they belong to; null for none.</summary>
    public NamedRef? Organisation { get; init; }

    /// <summary>Somebody said so: the domain of an address does not change it.</summary>
    public bool OrganisationSet { get; init; }

    /// <summary>The zone they live in; null while unknown.</summary>
    public ZoneDetails? Zone { get; init; }

    /// <summary>What colleagues should know about them, in plain text; empty when nothing was written.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The fields of this desk's own.</summary>
    public IReadOnlyList<FieldDetails> Fields { get; init; } = [];

    /// <summary>Other people who were merged into this one; their ids lead here.</summary>
    public IReadOnlyList<MergedDetails> Merged { get; init; } = [];

    /// <summary>Part of the demo company.</summary>
    public bool Demo { get; init; }
}

/// <summary>A zone and its clock.</summary>
/// <param name="Name">The name in the tz database.</param>
/// <param name="Guess">Nobody said so: it was guessed from what came with their words.</param>
/// <param name="Now">What the clock there shows.</param>
/// <param name="OutsideDay">It is before eight or from eight in the evening there.</param>
public sealed record ZoneDetails(string Name, bool Guess, DateTime Now, bool OutsideDay);

/// <summary>Somebody who was merged into a customer.</summary>
/// <param name="Id">The merge's id, by which they can be told apart again.</param>
/// <param name="OldId">The id they had.</param>
/// <param name="Name">The name they had.</param>
/// <param name="At">When (UTC).</param>
/// <param name="By">Who said so.</param>
public sealed record MergedDetails(long Id, long OldId, string Name, DateTimeOffset At, string By);

/// <summary>Reads one customer.</summary>
internal sealed class GetCustomer(Store store, TimeProvider time)
{
    public async Task<Result<CustomerDetails>> Run(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<CustomerDetails>>(actor, async db => await Read(db, id, time.Now()) is { } found ? found : CustomerRows.Unknown(id));
    }

    public async Task<Result<CustomerDetails>> Run(Actor actor, string address)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<CustomerDetails>>(actor, async db =>
        {
            var found = await new CustomerKey(null, address).Find(db, time.Now());
            return found.Refusal is { } refusal ? refusal : (await Read(db, found.Value, time.Now()))!;
        });
    }

    public static async Task<CustomerDetails?> Read(HeliotropeDb db, long asked, DateTimeOffset now)
    {
        if (await CustomerRows.Now(db, asked) is not { } id)
        {
            return null;
        }

        var customer = await db.Customers.AsNoTracking().Include(c => c.Addresses).Include(c => c.Phones).AsSplitQuery().SingleAsync(c => c.Id == id);
        var latest = db.Conversations.WithoutSpam().Where(c => c.CustomerId == id).OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Number).Take(50);
        var merges = await db.CustomerMerges.AsNoTracking().Where(m => m.CustomerId == id).OrderByDescending(m => m.Id).Take(50).ToListAsync();
        return new(
            id, customer.Name, customer.Language, [.. customer.Addresses.OrderBy(a => a.Id).Select(a => a.Address)], customer.CreatedAt, await ListConversations.Project(db, latest).ToListAsync(),
            PromiseRecord.Of(await db.Promises.Where(p => p.CustomerId == id).Select(p => p.State).ToListAsync()))
        {
            LanguageSet = customer.LanguageSet,
            Phones = [.. customer.Phones.OrderBy(p => p.Id).Select(p => p.Typed)],
            Organisation = await db.Organisations.Where(o => o.Id == customer.OrganisationId).Select(o => new NamedRef(o.Id, o.Name)).FirstOrDefaultAsync(),
            OrganisationSet = customer.OrganisationSet,
            Zone = ZoneOf(customer.Zone, customer.ZoneIsGuess, now),
            Notes = customer.Notes,
            Fields = await FieldRows.Of(db, FieldTarget.Customer, id),
            Merged = merges.ConvertAll(m => new MergedDetails(m.Id, m.OldId, KeptCustomer.Of(m).Name, m.At, m.ByName)),
            Demo = customer.Demo,
        };
    }

    public static ZoneDetails? ZoneOf(string? zone, bool guess, DateTimeOffset now) =>
        TheirTime.In(zone, now) is { } there ? new(zone!, guess, there.Local, there.OutsideDay) : null;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id:long}", async (long id, GetCustomer get, HttpContext http) => (await get.Run(http.Actor(), id)).ToApi())
            .WithName("getCustomer").WithSummary("Read a customer; the id of somebody who was merged leads to who they are now").Answers<CustomerDetails>();
        api.MapGet("/customers/by-address/{address}", async (string address, GetCustomer get, HttpContext http) => (await get.Run(http.Actor(), address)).ToApi())
            .WithName("getCustomerByAddress").WithSummary("Read the customer who has an address").Answers<CustomerDetails>();
    }
}
