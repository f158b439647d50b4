using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Which addresses become a person of their own.</summary>
/// <param name="Addresses">Some of the customer's addresses, not all.</param>
/// <param name="Name">The new person's name; when not said, the one they had before they were merged, or the one they write with.</param>
public sealed record SplitCustomerBody(IReadOnlyList<string?>? Addresses, string? Name = null);

/// <summary>One customer who became two.</summary>
/// <param name="Customer">Who keeps the id; null when nothing of them is for the reader to see any more.</param>
/// <param name="Other">Who the chosen addresses belong to now; null when nothing of them is for the reader to see.</param>
/// <param name="Undo">The token that takes it back.</param>
public sealed record CustomerSplit(CustomerDetails? Customer, CustomerDetails? Other, string? Undo);

/// <summary>
/// Makes one customer two: the chosen addresses become a person, with the conversations that began from them, and with everything that
/// came with a merge of these very addresses. Somebody who was merged gets their old id back.
/// </summary>
internal sealed class SplitCustomer(Store store, TimeProvider time)
{
    public async Task<Result<CustomerSplit>> Run(Actor actor, long id, SplitCustomerBody body, CancellationToken cancel)
    {
        var (done, from, to) = await Split(actor, id, body, cancel);
        if (done.Refusal is { } refusal)
        {
            return refusal;
        }

        return await store.Read(actor, async db => new CustomerSplit(await GetCustomer.Read(db, from, time.Now()), await GetCustomer.Read(db, to, time.Now()), done.Undo));
    }

    /// <summary>The same for a page, which tells what was done.</summary>
    public async Task<(Done Done, long From, long To)> Split(Actor actor, long id, SplitCustomerBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return (Refusal.NotAllowed, 0, 0);
        }

        var chosen = (body.Addresses ?? []).Take(Customer.MaxAddresses + 1).Select(a => EmailAddress.TryParse((a ?? "").Storable(EmailAddress.MaxLength + 1), out var address) ? address.Value : "").ToHashSet(StringComparer.Ordinal);
        var (from, to) = (0L, 0L);
        var about = await store.Read(actor, db => CustomerRows.NameOf(db, id));
        var done = await store.Undoable(
            actor,
            "customer-split",
            async db =>
            {
                if (await CustomerRows.Now(db, id) is not { } found)
                {
                    return CustomerRows.Unknown(id);
                }

                await store.Engine.HoldCustomers(db, [found], cancel);
                var rows = await MovedRows.Of(db, found);
                if (rows.TooMany)
                {
                    return new(RefusalKind.Conflict, "customer.split-large", $"More than {MovedRows.Most} rows hang on this one.");
                }

                if (chosen.Count == 0 || chosen.Count == rows.Addresses.Count || !chosen.IsSubsetOf(rows.Addresses.Select(a => a.Address)))
                {
                    return new(RefusalKind.Invalid, "customer.split-addresses", "Choose some of this person's addresses, and leave at least one.", "addresses");
                }

                var made = await Make(db, found, rows, chosen, body.Name, cancel);
                (from, to) = (found, made.Match(customer => customer.Id, _ => 0));
                return made.Refusal;
            },
            cancel,
            about);
        return (done, from, to);
    }

    private async Task<Result<Customer>> Make(HeliotropeDb db, long from, MovedRows rows, HashSet<string> chosen, string? name, CancellationToken cancel)
    {
        // What came with somebody, all of whose addresses that are still here are chosen, goes with them.
        var here = rows.Addresses.Select(a => a.Address).ToHashSet(StringComparer.Ordinal);
        var merges = (await db.CustomerMerges.Where(m => m.CustomerId == from).OrderBy(m => m.Id).ToListAsync(cancel))
            .Select(m => (Merge: m, Kept: KeptCustomer.Of(m), Left: KeptCustomer.Of(m).Addresses.Where(here.Contains).ToList())).Where(m => m.Left.Count > 0 && chosen.IsSupersetOf(m.Left)).ToList();
        var ids = merges.ConvertAll(m => m.Merge.Id);
        var came = (await db.MergedRows.Where(r => ids.Contains(r.MergeId)).ToListAsync(cancel)).Select(r => (r.Kind, r.RowId)).ToHashSet();
        var others = (await db.MergedRows.Where(r => !ids.Contains(r.MergeId) && db.CustomerMerges.Any(m => m.Id == r.MergeId && m.CustomerId == from)).ToListAsync(cancel)).Select(r => (r.Kind, r.RowId)).ToHashSet();
        var began = await Began(db, from, chosen, cancel);
        var addresses = rows.Addresses.Where(a => chosen.Contains(a.Address)).Select(a => a.Id).ToHashSet();
        var moving = rows.Where((kind, row) => kind switch
        {
            MergedKind.Address => addresses.Contains(row),
            MergedKind.Conversation => came.Contains((kind, row)) || (began.Contains(row) && !others.Contains((kind, row))),
            _ => came.Contains((kind, row)),
        });

        // Only whoever was merged last as just these addresses is that person again; their id leads to nobody else then.
        var again = merges.FindLast(m => chosen.SetEquals(m.Left));
        var customer = again.Merge is null ? New(moving, rows, chosen) : await Again(db, again.Merge, again.Kept, cancel);
        if (name is { Length: > 0 } && customer.Rename(name.Storable(Customer.MaxName + 1)) is { } refusal)
        {
            return refusal;
        }

        db.Customers.Add(customer);
        await db.SaveChangesAsync(cancel); // their id
        moving.MoveTo(customer.Id);
        foreach (var (merge, _, _) in merges)
        {
            if (merge == again.Merge)
            {
                db.CustomerMerges.Remove(merge);
            }
            else
            {
                merge.LeadTo(customer.Id);
            }
        }

        (await db.Customers.IgnoreQueryFilters().SingleAsync(c => c.Id == from, cancel)).Touch();
        await db.SaveChangesAsync(cancel);
        if (again.Merge is not null)
        {
            await GiveBack(db, customer.Id, from, again.Kept, cancel);
        }
        else
        {
            customer.Learn(await db.Entries.IgnoreQueryFilters().Where(e => e.FromAddress != null && chosen.Contains(e.FromAddress)).OrderByDescending(e => e.Id).Select(e => e.FromName).FirstOrDefaultAsync(cancel) ?? "", null);
            await OrganisationOf.Settle(db, customer);
        }

        return customer;
    }

    /// <summary>The conversations of which the first message came from one of these addresses, or went to one when we began.</summary>
    private static async Task<HashSet<long>> Began(HeliotropeDb db, long from, HashSet<string> chosen, CancellationToken cancel)
    {
        var mine = db.Conversations.IgnoreQueryFilters().Where(c => c.CustomerId == from);
        var first = await db.Entries.IgnoreQueryFilters().Where(e => e.Kind == EntryKind.Message && e.Direction == Direction.In && mine.Any(c => c.Number == e.ConversationNumber))
            .GroupBy(e => e.ConversationNumber).Select(g => g.Min(e => e.Id)).ToListAsync(cancel);
        var written = await db.Entries.IgnoreQueryFilters().Where(e => first.Contains(e.Id)).Select(e => new { e.ConversationNumber, e.FromAddress }).ToListAsync(cancel);
        var heard = written.Select(w => w.ConversationNumber).ToHashSet();
        var sent = await db.Outbox.IgnoreQueryFilters().Where(o => o.EntryId != null && mine.Any(c => c.Number == o.ConversationNumber)).OrderBy(o => o.Id).Select(o => new { o.ConversationNumber, o.EnvelopeTo }).ToListAsync(cancel);
        return [
            .. written.Where(w => w.FromAddress is { } address && chosen.Contains(address)).Select(w => w.ConversationNumber),
            .. sent.Where(s => s.ConversationNumber is { } number && !heard.Contains(number)).GroupBy(s => s.ConversationNumber!.Value).Where(g => chosen.Contains(g.First().EnvelopeTo)).Select(g => g.Key),
        ];
    }

    private Customer New(MovedRows moving, MovedRows all, HashSet<string> chosen)
    {
        var first = all.Addresses.Where(a => chosen.Contains(a.Address)).MinBy(a => a.Id)!.Address;
        var since = moving.Conversations.Select(c => c.HappinessStartedAt ?? c.LastActivityAt).Append(time.Now()).Min();
        return Customer.AsBefore(first, (null, false), (null, false), (null, false), "", since, moving.Conversations.Count > 0 && moving.Conversations.TrueForAll(c => c.Demo));
    }

    private static async Task<Customer> Again(HeliotropeDb db, CustomerMerge merge, KeptCustomer kept, CancellationToken cancel)
    {
        var organisation = await db.Organisations.Where(o => o.Id == kept.OrganisationId).Select(o => (long?)o.Id).FirstOrDefaultAsync(cancel);
        var customer = Customer.AsBefore(
            kept.Name, (kept.Language, kept.LanguageSet), (kept.Zone, kept.ZoneIsGuess), (organisation, kept.OrganisationSet), kept.Notes, kept.CreatedAt, kept.Demo);
        db.Entry(customer).Property(c => c.Id).CurrentValue = merge.OldId;
        return customer;
    }

    /// <summary>What both had, and only one could keep: the values of own fields, and phones that were the same.</summary>
    private static async Task GiveBack(HeliotropeDb db, long to, long from, KeptCustomer kept, CancellationToken cancel)
    {
        var fields = await db.OwnFields.Where(f => f.Target == FieldTarget.Customer).ToListAsync(cancel);
        foreach (var (id, text) in kept.Fields)
        {
            if (fields.Find(f => f.Id == id)?.Read(text) is { Refusal: null } read)
            {
                var value = new CustomerFieldValue { CustomerId = to, FieldId = id };
                value.Keep(read.Value);
                db.CustomerFieldValues.Add(value);
            }
        }

        var theirs = await db.CustomerPhones.IgnoreQueryFilters().Where(p => p.CustomerId == from).Select(p => p.Digits).ToListAsync(cancel);
        var customer = await db.Customers.IgnoreQueryFilters().Include(c => c.Phones).SingleAsync(c => c.Id == to, cancel);
        foreach (var typed in kept.Phones)
        {
            if (PhoneNumber.TryParse(typed, out var phone) && theirs.Contains(phone.Digits))
            {
                customer.Add(phone);
            }
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/customers/{id:long}/split",
            async (long id, SplitCustomerBody body, SplitCustomer split, HttpContext http) => (await split.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
        .WithName("splitCustomer").WithSummary("Make one customer two: the chosen addresses become a person with the conversations that began from them; the token undo takes it back").Answers<CustomerSplit>();
}
