using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Somebody who writes to us.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name as they write it; their address while no name is known.</param>
/// <param name="Language">The language they write in, as a two-letter code; null while unknown.</param>
/// <param name="Addresses">The addresses they write from.</param>
/// <param name="CreatedAt">When they first wrote (UTC).</param>
/// <param name="Conversations">Their latest conversations, up to 50, latest activity first; spam left out.</param>
/// <param name="Promises">How promises to them were kept.</param>
public sealed record CustomerDetails(long Id, string Name, string? Language, IReadOnlyList<string> Addresses, DateTimeOffset CreatedAt, IReadOnlyList<ConversationRow> Conversations, PromiseRecord Promises);

/// <summary>Reads one customer.</summary>
internal sealed class GetCustomer(Store store)
{
    public async Task<Result<CustomerDetails>> Run(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<CustomerDetails>>(actor, async db =>
        {
            if (await db.Customers.Include(c => c.Addresses).FirstOrDefaultAsync(c => c.Id == id) is not { } customer)
            {
                return new Refusal(RefusalKind.NotFound, "customer.unknown", $"There is no customer {id}.");
            }

            var latest = db.Conversations.WithoutSpam().Where(c => c.CustomerId == id).OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Number).Take(50);
            return new CustomerDetails(
                id, customer.Name, customer.Language, [.. customer.Addresses.OrderBy(a => a.Id).Select(a => a.Address)], customer.CreatedAt, await ListConversations.Project(db, latest).ToListAsync(),
                PromiseRecord.Of(await db.Promises.Where(p => p.CustomerId == id).Select(p => p.State).ToListAsync()));
        });
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/customers/{id:long}", async (long id, GetCustomer get, HttpContext http) => (await get.Run(http.Actor(), id)).ToApi())
        .WithName("getCustomer").WithSummary("Read a customer").Answers<CustomerDetails>();
}
