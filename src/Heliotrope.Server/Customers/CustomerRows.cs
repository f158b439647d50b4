using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Finds customers: by their id, by an id that they had before they were merged, by an address.</summary>
internal static class CustomerRows
{
    /// <summary>The id that a customer has now; null when there is none.</summary>
    public static async Task<long?> Now(HeliotropeDb db, long id) =>
        await db.Customers.Where(c => c.Id == id).Select(c => (long?)c.Id).FirstOrDefaultAsync()
        ?? await db.CustomerMerges.Where(m => m.OldId == id && db.Customers.Any(c => c.Id == m.CustomerId)).OrderByDescending(m => m.Id).Select(m => (long?)m.CustomerId).FirstOrDefaultAsync();

    public static async Task<Customer?> Find(HeliotropeDb db, long id) =>
        await Now(db, id) is { } now ? await db.Customers.Include(c => c.Addresses).Include(c => c.Phones).FirstOrDefaultAsync(c => c.Id == now) : null;

    /// <summary>What a customer is called; empty when there is none.</summary>
    public static async Task<string> NameOf(HeliotropeDb db, long id) =>
        await Now(db, id) is { } now ? await db.Customers.Where(c => c.Id == now).Select(c => c.Name).FirstOrDefaultAsync() ?? "" : "";

    public static async Task<long?> ByAddress(HeliotropeDb db, EmailAddress address) =>
        await db.CustomerAddresses.Where(a => a.Address == address.Value && db.Customers.Any(c => c.Id == a.CustomerId)).Select(a => (long?)a.CustomerId).FirstOrDefaultAsync();

    /// <summary>Whose an address is, also when the actor sees nothing of them: an address has one owner, and whoever writes to it writes to them.</summary>
    public static Task<Customer?> Owner(HeliotropeDb db, EmailAddress address, CancellationToken cancel) =>
        db.Customers.IgnoreQueryFilters().FirstOrDefaultAsync(c => c.Addresses.Any(a => a.Address == address.Value), cancel);

    /// <summary>Whose an address is; somebody new, who belongs where its domain says, when it is nobody's yet.</summary>
    public static async Task<Customer> OwnerOrNew(HeliotropeDb db, EmailAddress address, string name, DateTimeOffset now, CancellationToken cancel)
    {
        if (await Owner(db, address, cancel) is { } known)
        {
            return known;
        }

        var added = db.Customers.Add(Customer.WithAddress(address, name, now)).Entity;
        await OrganisationOf.Settle(db, added);
        return added;
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "customer.unknown", $"There is no customer {id}.");

    /// <summary>Reads an address that is to belong to a customer; an address has one owner, so that mail from it has one, too.</summary>
    public static async Task<Result<EmailAddress>> Free(HeliotropeDb db, string? text, long? owner)
    {
        if (!EmailAddress.TryParse((text ?? "").Storable(EmailAddress.MaxLength + 1), out var address))
        {
            return Refusal.Invalid("customer.address", "This cannot be a mail address.", "address");
        }

        if ((await Organisation.Of(db)).IsOurs(address))
        {
            return Refusal.Invalid("customer.address-ours", "This is an address of ours: customers write to it.", "address");
        }

        // Whoever has it may be somebody whom the actor does not see; that they have it cannot be kept from whoever tries.
        return await db.CustomerAddresses.IgnoreQueryFilters().AnyAsync(a => a.Address == address.Value && a.CustomerId != owner)
            ? new Refusal(RefusalKind.Conflict, "customer.address-taken", "Somebody else has this address. If they are one person, merge the two.", "address", address.Value)
            : address;
    }
}
