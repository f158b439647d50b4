using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Customers;

/// <summary>Makes a customer known who has not written yet.</summary>
internal sealed class AddCustomer(Store store, TimeProvider time)
{
    public async Task<Result<CustomerDetails>> Run(Actor actor, CustomerBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<CustomerDetails>>(
            actor,
            async db =>
            {
                var made = await Write(db, body, time.Now());
                return made.Refusal is { } refusal ? refusal : (await GetCustomer.Read(db, made.Value.Id, time.Now()))!;
            },
            cancel);
    }

    /// <summary>The same within a transaction that does more; saved, so that there is an id.</summary>
    public static async Task<Result<Customer>> Write(HeliotropeDb db, CustomerBody body, DateTimeOffset now)
    {
        var first = body.Addresses?.FirstOrDefault(a => !string.IsNullOrWhiteSpace(a));
        var free = await CustomerRows.Free(db, first, null);
        if (free.Refusal is { } refusal)
        {
            return refusal;
        }

        var customer = db.Customers.Add(Customer.WithAddress(free.Value, "", now)).Entity;
        await db.SaveChangesAsync(); // their id
        if (await ChangeCustomer.Apply(db, customer, string.IsNullOrWhiteSpace(body.Name) ? body with { Name = null } : body) is { } wrong)
        {
            return wrong;
        }

        await db.SaveChangesAsync();
        return customer;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/customers", async (CustomerBody body, AddCustomer add, HttpContext http) => (await add.Run(http.Actor(), body, http.RequestAborted)).ToApi())
        .WithName("addCustomer").WithSummary("Make a customer known who has not written yet; at least one address is needed").Answers<CustomerDetails>();
}
