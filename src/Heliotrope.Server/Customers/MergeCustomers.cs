using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Into whom somebody is merged.</summary>
/// <param name="Into">The id of who stays.</param>
public sealed record MergeCustomersBody(long? Into);

/// <summary>Something that is known of both, in two ways.</summary>
/// <param name="What">name, language, zone, organisation, or the name of an own field.</param>
/// <param name="Kept">What stays.</param>
/// <param name="Lost">What the other said; it is kept with the memory of the merge.</param>
public sealed record MergeFact(string What, string Kept, string Lost);

/// <summary>What a merge would change.</summary>
/// <param name="Into">Who stays.</param>
/// <param name="From">Who would lead there.</param>
/// <param name="Addresses">The addresses that move.</param>
/// <param name="Phones">The phones that move.</param>
/// <param name="Conversations">How many conversations move.</param>
/// <param name="Promises">How many promises move.</param>
/// <param name="Purchases">How many purchases move.</param>
/// <param name="Events">How many product events move.</param>
/// <param name="Facts">What is known of both in two ways.</param>
public sealed record CustomerMergePreview(
    CustomerRef Into, CustomerRef From, IReadOnlyList<string> Addresses, IReadOnlyList<string> Phones, int Conversations, int Promises, int Purchases, int Events, IReadOnlyList<MergeFact> Facts);

/// <summary>A customer after a change that can be taken back.</summary>
/// <param name="Customer">The customer as they are now.</param>
/// <param name="Undo">The token that takes it back; null when nothing changed.</param>
public sealed record CustomerChanged(CustomerDetails Customer, string? Undo);

/// <summary>Makes two customers one. Everything of the one moves to the other; the old id leads to the new one, and all of it can be taken back.</summary>
internal sealed class MergeCustomers(Store store, TimeProvider time)
{
    private static readonly Refusal Same = new(RefusalKind.Invalid, "customer.merge-same", "These two are one person already.", "into");

    /// <summary>What would change, of all that the actor sees.</summary>
    public async Task<Result<CustomerMergePreview>> Preview(Actor actor, long id, long into)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<CustomerMergePreview>>(actor, async db =>
        {
            var (from, survivor) = (await GetCustomer.Read(db, id, time.Now()), await GetCustomer.Read(db, into, time.Now()));
            return from is null ? CustomerRows.Unknown(id)
                : survivor is null ? CustomerRows.Unknown(into)
                : from.Id == survivor.Id ? Same
                : new CustomerMergePreview(
                    new(survivor.Id, survivor.Name, survivor.Addresses[0]), new(from.Id, from.Name, from.Addresses[0]), from.Addresses, from.Phones,
                    await db.Conversations.CountAsync(c => c.CustomerId == from.Id), await db.Promises.CountAsync(p => p.CustomerId == from.Id),
                    await db.Purchases.CountAsync(p => p.CustomerId == from.Id), await db.ProductEvents.CountAsync(e => e.CustomerId == from.Id), Facts(survivor, from));
        });
    }

    public async Task<Result<CustomerChanged>> Run(Actor actor, long id, MergeCustomersBody body, CancellationToken cancel)
    {
        var (done, survivor) = await Merge(actor, id, body.Into, cancel);
        if (done.Refusal is { } refusal)
        {
            return refusal;
        }

        // After the commit, with the eyes of the actor.
        return await store.Read(actor, db => GetCustomer.Read(db, survivor, time.Now())) is { } merged ? new CustomerChanged(merged, done.Undo) : CustomerRows.Unknown(survivor);
    }

    /// <summary>The same for a page, which tells what was done.</summary>
    public async Task<(Done Done, long Survivor)> Merge(Actor actor, long id, long? target, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return (Refusal.NotAllowed, 0);
        }

        if (target is not { } into)
        {
            return (Refusal.Invalid("customer.merge-into", "Say into whom, by id.", "into"), 0);
        }

        long survivor = 0;
        var about = await store.Read(actor, db => CustomerRows.NameOf(db, id));
        var done = await store.Undoable(
            actor,
            "customers-merged",
            async db =>
            {
                // Whom the actor named they must see; what moves then is everything.
                if (await CustomerRows.Now(db, id) is not { } from)
                {
                    return CustomerRows.Unknown(id);
                }

                if (await CustomerRows.Now(db, into) is not { } to)
                {
                    return CustomerRows.Unknown(into);
                }

                survivor = to;
                return from == to ? Same : await Move(db, actor, from, to, cancel);
            },
            cancel,
            about);
        return (done, survivor);
    }

    private async Task<Refusal?> Move(HeliotropeDb db, Actor actor, long from, long to, CancellationToken cancel)
    {
        await store.Engine.HoldCustomers(db, [from, to], cancel);
        var rows = await MovedRows.Of(db, from);
        if (rows.TooMany)
        {
            return new(RefusalKind.Conflict, "customer.merge-large", $"More than {MovedRows.Most} rows hang on this one: merge the other way round.", "into");
        }

        var (gone, survivor) = (await db.Customers.IgnoreQueryFilters().SingleAsync(c => c.Id == from, cancel), await db.Customers.IgnoreQueryFilters().Include(c => c.Phones).SingleAsync(c => c.Id == to, cancel));
        var fields = await db.CustomerFieldValues.Where(v => v.CustomerId == from).ToListAsync(cancel);
        var kept = KeptCustomer.Of(gone, fields.ToDictionary(v => v.FieldId, v => v.Value)) with
        {
            Addresses = [.. rows.Addresses.Select(a => a.Address)],
            Phones = [.. rows.Phones.Select(p => p.Typed)],
        };
        var merge = db.CustomerMerges.Add(CustomerMerge.Of(from, to, actor.Name, kept.Json(), time.Now())).Entity;
        foreach (var earlier in await db.CustomerMerges.Where(m => m.CustomerId == from).ToListAsync(cancel))
        {
            earlier.LeadTo(to);
        }

        // A phone that both have is one; it comes back with its owner, from the memory.
        var twice = rows.Phones.FindAll(p => survivor.Phones.Any(own => own.Digits == p.Digits));
        db.RemoveRange(twice);
        rows.Phones.RemoveAll(twice.Contains);
        var joined = await OneOfAKind.Join(db, rows.LifeEvents, to, null, cancel);
        rows.LifeEvents.RemoveAll(joined.Contains);
        rows.MoveTo(to);
        await MoveFields(db, fields, to, cancel);
        survivor.TakeOver(gone);
        await db.SaveChangesAsync(cancel); // the memory's id, and nothing hangs on the old row any more
        db.MergedRows.AddRange(rows.Remember(merge.Id));
        db.Customers.Remove(gone);
        return null;
    }

    /// <summary>What the survivor says of themselves stays.</summary>
    private static async Task MoveFields(HeliotropeDb db, List<CustomerFieldValue> fields, long to, CancellationToken cancel)
    {
        var own = await db.CustomerFieldValues.Where(v => v.CustomerId == to).Select(v => v.FieldId).ToListAsync(cancel);
        foreach (var value in fields.Where(v => !own.Contains(v.FieldId)))
        {
            var moved = new CustomerFieldValue { CustomerId = to, FieldId = value.FieldId };
            moved.Keep(new(value.Value, value.Number));
            db.CustomerFieldValues.Add(moved);
        }

        db.CustomerFieldValues.RemoveRange(fields);
    }

    private static List<MergeFact> Facts(CustomerDetails into, CustomerDetails from)
    {
        var facts = new List<MergeFact>();
        Add("name", into.Name, from.Name);
        Add("language", into.Language, from.Language);
        Add("zone", into.Zone?.Name, from.Zone?.Name);
        Add("organisation", into.Organisation?.Name, from.Organisation?.Name);
        foreach (var field in into.Fields)
        {
            Add(field.Name, field.Value, from.Fields.FirstOrDefault(f => f.Id == field.Id)?.Value);
        }

        return facts;

        void Add(string what, string? kept, string? lost)
        {
            if (kept is not null && lost is not null && kept != lost)
            {
                facts.Add(new(what, kept, lost));
            }
        }
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id:long}/merge", async (long id, long? into, MergeCustomers merge, HttpContext http) => (await merge.Preview(http.Actor(), id, into ?? 0)).ToApi())
            .WithName("previewCustomerMerge").WithSummary("Say what merging a customer into another would change").Answers<CustomerMergePreview>();
        api.MapPost("/customers/{id:long}/merge", async (long id, MergeCustomersBody body, MergeCustomers merge, HttpContext http) => (await merge.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("mergeCustomers").WithSummary("Make a customer and another one the same; the token undo takes it back").Answers<CustomerChanged>();
    }
}
