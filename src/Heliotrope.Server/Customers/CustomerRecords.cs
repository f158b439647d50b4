using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Reads what other programs told us of a customer, page by page, the latest first.</summary>
internal static class CustomerRecords
{
    public static async Task<Result<(IReadOnlyList<T> Rows, string? Next)>> Page<T>(this Store store, Actor actor, CustomerKey key, DateTimeOffset now, string? after, int size)
        where T : CustomerRecord
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var place = Place.Read(after);
        if (!string.IsNullOrEmpty(after) && place?.At is null)
        {
            return Paging.NoPlace;
        }

        return await store.Read<Result<(IReadOnlyList<T> Rows, string? Next)>>(actor, async db =>
        {
            var customer = await key.Find(db, now);
            if (customer.Refusal is { } unknown)
            {
                return unknown;
            }

            var wanted = db.Set<T>().AsNoTracking().Where(r => r.CustomerId == customer.Value);
            if (place is { At: { } at, Number: var id })
            {
                wanted = wanted.Where(r => r.At < at || (r.At == at && r.Id < id));
            }

            var rows = await wanted.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(size + 1).ToListAsync();
            return (rows.Take(size).ToList(), rows.Count > size ? new Place(default, rows[size - 1].At, rows[size - 1].Id).ToString() : null);
        });
    }
}
