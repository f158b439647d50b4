using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Which customer a program means: by id, or by an address.</summary>
/// <param name="Id">The id; null when an address is given.</param>
/// <param name="Address">The address.</param>
/// <param name="Create">Whether somebody unknown is made known: only where an address is given.</param>
internal readonly record struct CustomerKey(long? Id, string? Address = null, bool Create = false)
{
    /// <summary>The id that they have now.</summary>
    public async Task<Result<long>> Find(HeliotropeDb db, DateTimeOffset now)
    {
        if (Id is { } id)
        {
            return await CustomerRows.Now(db, id) is { } found ? found : CustomerRows.Unknown(id);
        }

        if (!EmailAddress.TryParse((Address ?? "").Storable(EmailAddress.MaxLength + 1), out var address))
        {
            return Refusal.Invalid("customer.address", "This cannot be a mail address.", "address");
        }

        if (await CustomerRows.ByAddress(db, address) is { } known)
        {
            return known;
        }

        if (!Create)
        {
            return new Refusal(RefusalKind.NotFound, "customer.address-unknown", "Nobody has this address. Say create=true to make them known.", "address");
        }

        var free = await CustomerRows.Free(db, address.Value, null);
        if (free.Refusal is { } refusal)
        {
            return refusal;
        }

        var customer = await CustomerRows.OwnerOrNew(db, address, "", now, CancellationToken.None);
        await db.SaveChangesAsync(); // their id
        return customer.Id;
    }
}
