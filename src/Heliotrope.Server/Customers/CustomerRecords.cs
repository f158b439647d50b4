using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
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

        var place = TimePlace.Read(after);
        if (place.Refusal is { } malformed)
        {
            return malformed;
        }

        return await store.Read<Result<(IReadOnlyList<T> Rows, string? Next)>>(actor, async db =>
        {
            var customer = await key.Find(db, now);
            if (customer.Refusal is { } unknown)
            {
                return unknown;
            }

            var wanted = db.Set<T>().AsNoTracking().Where(r => r.CustomerId == customer.Value);
            if (place.Value is { } before)
            {
                wanted = wanted.Where(r => r.At < before.At || (r.At == before.At && r.Id < before.Id));
            }

            var rows = await wanted.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(size + 1).ToListAsync();
            return (rows.Take(size).ToList(), rows.Count > size ? new TimePlace(rows[size - 1].At, rows[size - 1].Id).ToString() : null);
        });
    }
}

/// <summary>A place in a list whose latest comes first.</summary>
internal sealed record TimePlace(DateTimeOffset At, long Id)
{
    /// <summary>Null for the first page.</summary>
    public static Result<TimePlace?> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (TimePlace?)null;
        }

        return text.Split('.') is [var at, var id]
            && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks) && ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                ? new TimePlace(new(ticks, TimeSpan.Zero), row)
                : Refusal.Invalid("after.malformed", "Give the value of next from the page before.", "after");
    }

    public override string ToString() => FormattableString.Invariant($"{At.UtcTicks}.{Id}");
}
