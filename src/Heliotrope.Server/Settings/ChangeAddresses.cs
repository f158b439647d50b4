using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Settings;

/// <summary>An address of ours.</summary>
/// <param name="Address">Such as support@example.org.</param>
public sealed record AddressBody(string? Address);

/// <summary>The addresses that customers write to. Once there is one, mail to any other is refused.</summary>
/// <param name="Addresses">The addresses, in lower case.</param>
public sealed record OurAddresses(IReadOnlyList<string> Addresses);

/// <summary>Adds and removes addresses of ours.</summary>
internal sealed class ChangeAddresses(Store store, TimeProvider time)
{
    public async Task<Result<OurAddresses>> List(Actor actor) => actor.MayAdminister ? await store.Read(Read) : Refusal.NotAllowed;

    public Task<Result<OurAddresses>> Add(Actor actor, AddressBody body, CancellationToken cancel) => Change(
        actor,
        body,
        "address.added",
        async (db, address) =>
        {
            if (!await db.OurAddresses.AnyAsync(a => a.Address == address))
            {
                db.OurAddresses.Add(new() { Address = address });
            }
        },
        cancel);

    public Task<Result<OurAddresses>> Remove(Actor actor, AddressBody body, CancellationToken cancel) => Change(
        actor,
        body,
        "address.removed",
        async (db, address) =>
        {
            var gone = await db.OurAddresses.Where(a => a.Address == address).ToListAsync();
            db.OurAddresses.RemoveRange(gone);
            if (gone.Exists(a => a.BrandId is not null))
            {
                await db.SaveChangesAsync(cancel);
                await Recount.BeginAt(db, address); // its brand's hours count there no more
            }
        },
        cancel);

    private Task<Result<OurAddresses>> Change(Actor actor, AddressBody body, string action, Func<HeliotropeDb, string, Task> change, CancellationToken cancel) => store.Administer(
        actor,
        async db =>
        {
            if (!EmailAddress.TryParse(body.Address, out var address))
            {
                return Refusal.Invalid("address.malformed", "This is not a mail address.", "address");
            }

            await change(db, address.Value);
            db.Audit.Add(AuditLine.Of(actor, action, address.Value, time.Now()));
            return null;
        },
        Read,
        cancel);

    private static async Task<OurAddresses> Read(HeliotropeDb db) => new(await db.OurAddresses.Where(a => !a.Demo).Select(a => a.Address).OrderBy(a => a).ToListAsync());

    public static void Map(IEndpointRouteBuilder api)
    {
        var addresses = api.MapGroup("/settings/addresses").RequireAuthorization(Policies.ApiAdmin);
        addresses.MapGet("", async (ChangeAddresses change, HttpContext http) => (await change.List(http.Actor())).ToApi())
            .WithName("listAddresses").WithSummary("List the addresses that customers write to").Answers<OurAddresses>();
        addresses.MapPost("", async (AddressBody body, ChangeAddresses change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addAddress").WithSummary("Add an address that customers write to").Answers<OurAddresses>();
        addresses.MapPost("/remove", async (AddressBody body, ChangeAddresses change, HttpContext http) => (await change.Remove(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("removeAddress").WithSummary("Remove an address").Answers<OurAddresses>();
    }
}
