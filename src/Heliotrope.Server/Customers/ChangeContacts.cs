using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Customers;

/// <summary>An address of a customer.</summary>
/// <param name="Address">The address.</param>
/// <param name="First">Whether it becomes the one we write to.</param>
public sealed record AddressBody(string? Address, bool First = false);

/// <summary>A phone of a customer.</summary>
/// <param name="Phone">The number, as people write it.</param>
public sealed record PhoneBody(string? Phone);

/// <summary>Adds and removes the addresses and phones of a customer one by one.</summary>
internal sealed class ChangeContacts(ChangeCustomer change)
{
    /// <summary>Adds an address, or puts one that is there first.</summary>
    public Task<Result<CustomerDetails>> AddAddress(Actor actor, long id, AddressBody body, CancellationToken cancel) => change.Run(
        actor,
        id,
        async (db, customer) =>
        {
            var free = await CustomerRows.Free(db, body.Address, customer.Id);
            if ((free.Refusal ?? customer.Add(free.Value) ?? (body.First ? customer.PutFirst(free.Value) : null)) is { } refusal)
            {
                return refusal;
            }

            await OrganisationOf.Settle(db, customer);
            return null;
        },
        cancel);

    public Task<Result<CustomerDetails>> RemoveAddress(Actor actor, long id, string address, CancellationToken cancel) => change.Run(
        actor,
        id,
        async (db, customer) =>
        {
            if (!EmailAddress.TryParse(address.Storable(EmailAddress.MaxLength + 1), out var plain))
            {
                return Refusal.Invalid("customer.address", "This cannot be a mail address.", "address");
            }

            if (customer.Remove(plain) is { } refusal)
            {
                return refusal;
            }

            await OrganisationOf.Settle(db, customer);
            return null;
        },
        cancel);

    public Task<Result<CustomerDetails>> AddPhone(Actor actor, long id, PhoneBody body, CancellationToken cancel) => Phone(
        actor,
        id,
        body.Phone,
        (customer, phone) =>
        {
            customer.GuessZone(ZoneGuess.Of(phone));
            return customer.Add(phone);
        },
        cancel);

    public Task<Result<CustomerDetails>> RemovePhone(Actor actor, long id, string phone, CancellationToken cancel) => Phone(actor, id, phone, (customer, plain) => customer.Remove(plain), cancel);

    private Task<Result<CustomerDetails>> Phone(Actor actor, long id, string? text, Func<Customer, PhoneNumber, Refusal?> act, CancellationToken cancel) => change.Run(
        actor,
        id,
        (_, customer) => Task.FromResult(PhoneNumber.TryParse((text ?? "").Storable(PhoneNumber.MaxLength + 1), out var phone) ? act(customer, phone) : ChangeCustomer.WrongPhone(text)),
        cancel);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/customers/{id:long}/addresses", async (long id, AddressBody body, ChangeContacts change, HttpContext http) => (await change.AddAddress(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("addCustomerAddress").WithSummary("Add an address to a customer, or make one the address we write to").Answers<CustomerDetails>();
        api.MapDelete("/customers/{id:long}/addresses/{address}", async (long id, string address, ChangeContacts change, HttpContext http) => (await change.RemoveAddress(http.Actor(), id, address, http.RequestAborted)).ToApi())
            .WithName("removeCustomerAddress").WithSummary("Take an address from a customer; the last one stays").Answers<CustomerDetails>();
        api.MapPost("/customers/{id:long}/phones", async (long id, PhoneBody body, ChangeContacts change, HttpContext http) => (await change.AddPhone(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("addCustomerPhone").WithSummary("Add a phone to a customer").Answers<CustomerDetails>();
        api.MapDelete("/customers/{id:long}/phones/{phone}", async (long id, string phone, ChangeContacts change, HttpContext http) => (await change.RemovePhone(http.Actor(), id, phone, http.RequestAborted)).ToApi())
            .WithName("removeCustomerPhone").WithSummary("Take a phone from a customer").Answers<CustomerDetails>();
    }
}
