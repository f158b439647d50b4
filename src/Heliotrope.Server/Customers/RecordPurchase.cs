using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Something that a customer bought.</summary>
/// <param name="Id">The shop's own id: told again, it is the same purchase, and what was said before is corrected.</param>
/// <param name="At">When, as ISO 8601.</param>
/// <param name="What">What, in words.</param>
/// <param name="Amount">How much, in the smallest unit of the currency: 4990 for 49.90 EUR. Less than nothing for money given back.</param>
/// <param name="Currency">The three letters of ISO 4217.</param>
/// <param name="Link">Where the shop shows it; may be left out.</param>
public sealed record PurchaseBody(string? Id, DateTimeOffset? At, string? What, long? Amount, string? Currency, string? Link);

/// <summary>Something that a customer bought.</summary>
/// <param name="Id">The shop's own id.</param>
/// <param name="At">When (UTC).</param>
/// <param name="What">What, in words.</param>
/// <param name="Amount">How much, in the smallest unit of the currency.</param>
/// <param name="Currency">The three letters of ISO 4217.</param>
/// <param name="Link">Where the shop shows it; empty when nowhere.</param>
public sealed record PurchaseDetails(string Id, DateTimeOffset At, string What, long Amount, string Currency, string Link);

/// <summary>A page of purchases.</summary>
/// <param name="Items">The latest first.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record PurchasePageOf(IReadOnlyList<PurchaseDetails> Items, string? Next);

/// <summary>Takes purchases from a shop, and lists them.</summary>
internal sealed class RecordPurchase(Store store, TimeProvider time)
{
    public const int PageSize = 50;

    public async Task<Result<PurchaseDetails>> Run(Actor actor, CustomerKey key, PurchaseBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        if (body.At is not { } at)
        {
            return Refusal.Invalid("purchase.at", "Say when, as ISO 8601.", "at");
        }

        if (body.Amount is not { } amount)
        {
            return Refusal.Invalid("purchase.amount", "Say how much, as a whole number of the smallest unit.", "amount");
        }

        return await store.Write<Result<PurchaseDetails>>(
            actor,
            async db =>
            {
                var customer = await key.Find(db, time.Now());
                if (customer.Refusal is { } unknown)
                {
                    return unknown;
                }

                var (paid, what, link) = (new Money(amount, (body.Currency ?? "").Storable(4).Trim().ToUpperInvariant()), (body.What ?? "").Storable(Purchase.MaxWhat + 1), (body.Link ?? "").Storable(Purchase.MaxLink + 1));
                var made = Purchase.Of(customer.Value, (body.Id ?? "").Storable(Purchase.MaxId + 1), at, what, paid, link);
                if (made.Refusal is { } refusal)
                {
                    return refusal;
                }

                var purchase = await db.Purchases.FirstOrDefaultAsync(p => p.ShopId == made.Value.ShopId, cancel);
                if (purchase is null)
                {
                    db.Purchases.Add(made.Value);
                    return Details(made.Value);
                }

                // Another's purchase is not taken from them by whoever knows its id.
                return purchase.CustomerId != customer.Value ? new Refusal(RefusalKind.Conflict, "purchase.of-another", "Another customer has the purchase with this id.", "id")
                    : purchase.Correct(at, what, paid, link) is { } wrong ? wrong
                    : Details(purchase);
            },
            cancel);
    }

    public async Task<Result<PurchasePageOf>> List(Actor actor, CustomerKey key, string? after) =>
        (await store.Page<Purchase>(actor, key, time.Now(), after, PageSize)).Match<Result<PurchasePageOf>>(page => new PurchasePageOf([.. page.Rows.Select(Details)], page.Next), refusal => refusal);

    private static PurchaseDetails Details(Purchase p) => new(p.ShopId, p.At, p.What, p.Amount, p.Currency, p.Link);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/customers/{id:long}/purchases", async (long id, PurchaseBody body, RecordPurchase record, HttpContext http) => (await record.Run(http.Actor(), new(id), body, http.RequestAborted)).ToApi())
            .WithName("recordPurchase").WithSummary("Note what a customer bought; the shop's id makes it one purchase however often it is told").Answers<PurchaseDetails>();
        api.MapGet("/customers/{id:long}/purchases", async (long id, string? after, RecordPurchase record, HttpContext http) => (await record.List(http.Actor(), new(id), after)).ToApi())
            .WithName("listPurchases").WithSummary("List what a customer bought, the latest first").Answers<PurchasePageOf>();
        api.MapPost("/customers/by-address/{address}/purchases",
                async (string address, bool? create, PurchaseBody body, RecordPurchase record, HttpContext http) => (await record.Run(http.Actor(), new(null, address, create ?? false), body, http.RequestAborted)).ToApi())
            .WithName("recordPurchaseByAddress").WithSummary("Note what the customer with an address bought; create=true makes somebody unknown known").Answers<PurchaseDetails>();
        api.MapGet("/customers/by-address/{address}/purchases", async (string address, string? after, RecordPurchase record, HttpContext http) => (await record.List(http.Actor(), new(null, address), after)).ToApi())
            .WithName("listPurchasesByAddress").WithSummary("List what the customer with an address bought, the latest first").Answers<PurchasePageOf>();
    }
}
