using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>What somebody says about a customer. What is null stays as it is.</summary>
/// <param name="Name">The name.</param>
/// <param name="Language">A two-letter code, which then stays; empty to let their words say it.</param>
/// <param name="Zone">A name of the tz database, such as <c>Europe/Berlin</c>; empty when nobody knows.</param>
/// <param name="Organisation">The id of the organisation they belong to; 0 for none; -1 to let their addresses say it.</param>
/// <param name="Notes">What colleagues should know.</param>
/// <param name="Addresses">All their addresses, the one we write to first.</param>
/// <param name="Phones">All their phones.</param>
/// <param name="Fields">Values of own fields, by the names of the fields; null or empty takes one away.</param>
public sealed record CustomerBody(
    string? Name, string? Language, string? Zone, long? Organisation, string? Notes, IReadOnlyList<string?>? Addresses, IReadOnlyList<string?>? Phones, IReadOnlyDictionary<string, string?>? Fields);

/// <summary>Changes what is known of a customer.</summary>
internal sealed class ChangeCustomer(Store store, TimeProvider time)
{
    public Task<Result<CustomerDetails>> Run(Actor actor, long id, CustomerBody body, CancellationToken cancel) =>
        Run(actor, id, (db, customer) => Apply(db, customer, body), cancel);

    /// <summary>Any change to one customer in one transaction.</summary>
    public async Task<Result<CustomerDetails>> Run(Actor actor, long id, Func<HeliotropeDb, Customer, Task<Refusal?>> change, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<CustomerDetails>>(
            actor,
            async db =>
            {
                if (await CustomerRows.Find(db, id) is not { } customer)
                {
                    return CustomerRows.Unknown(id);
                }

                if (await change(db, customer) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync(cancel);
                return (await GetCustomer.Read(db, customer.Id, time.Now()))!;
            },
            cancel);
    }

    /// <summary>Says all of it within the caller's transaction; the customer has an id.</summary>
    public static async Task<Refusal?> Apply(HeliotropeDb db, Customer customer, CustomerBody body)
    {
        var refusal = (body.Name is { } name ? customer.Rename(name.Storable(Customer.MaxName + 1)) : null)
            ?? (body.Language is { } language ? customer.SpeakIn(language.Storable(10)) : null)
            ?? (body.Zone is { } zone ? customer.LiveIn(zone.Storable(100)) : null)
            ?? (body.Notes is { } notes ? customer.Note(notes.Storable(Customer.MaxNotes + 1)) : null)
            ?? await Belong(db, customer, body.Organisation)
            ?? (body.Addresses is { } addresses ? await SetAddresses(db, customer, addresses) : null)
            ?? (body.Phones is { } phones ? SetPhones(customer, phones) : null);
        if (refusal is not null)
        {
            return refusal;
        }

        await OrganisationOf.Settle(db, customer);
        return await FieldRows.Set(db, FieldTarget.Customer, customer.Id, body.Fields);
    }

    private static async Task<Refusal?> Belong(HeliotropeDb db, Customer customer, long? organisation)
    {
        switch (organisation)
        {
            case null:
                return null;
            case -1:
                customer.BelongByThemselves();
                return null;
            case 0:
                customer.BelongTo(null);
                return null;
            case var id:
                if (!await db.Organisations.AnyAsync(o => o.Id == id))
                {
                    return new(RefusalKind.Invalid, "organisation.unknown", $"There is no organisation {id}.", "organisation");
                }

                customer.BelongTo(id);
                return null;
        }
    }

    private static async Task<Refusal?> SetAddresses(HeliotropeDb db, Customer customer, IReadOnlyList<string?> typed)
    {
        var wanted = new List<EmailAddress>();
        foreach (var text in typed.Where(t => !string.IsNullOrWhiteSpace(t)).Take(Customer.MaxAddresses + 1))
        {
            var free = await CustomerRows.Free(db, text, customer.Id);
            if (free.Refusal is { } taken)
            {
                return taken;
            }

            wanted.Add(free.Value);
        }

        if (wanted.Count == 0)
        {
            return new(RefusalKind.Invalid, "customer.last-address", "A person needs an address to be written to.", "address");
        }

        foreach (var address in wanted)
        {
            if (customer.Add(address) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var gone in customer.Addresses.Select(a => a.Address).Except(wanted.Select(w => w.Value)).ToList())
        {
            if (EmailAddress.TryParse(gone, out var address) && customer.Remove(address) is { } refusal)
            {
                return refusal;
            }
        }

        return customer.Addresses.OrderBy(a => a.Id == 0).ThenBy(a => a.Id).First().Address == wanted[0].Value ? null : customer.PutFirst(wanted[0]);
    }

    private static Refusal? SetPhones(Customer customer, IReadOnlyList<string?> typed)
    {
        var wanted = new List<PhoneNumber>();
        foreach (var text in typed.Where(t => !string.IsNullOrWhiteSpace(t)).Take(Customer.MaxPhones + 1))
        {
            if (!PhoneNumber.TryParse(text!.Storable(PhoneNumber.MaxLength + 1), out var phone))
            {
                return WrongPhone(text);
            }

            wanted.Add(phone);
            if (customer.Add(phone) is { } refusal)
            {
                return refusal;
            }

            customer.GuessZone(ZoneGuess.Of(phone));
        }

        foreach (var gone in customer.Phones.Where(p => !wanted.Exists(w => w.Digits == p.Digits)).Select(p => p.Typed).ToList())
        {
            if (PhoneNumber.TryParse(gone, out var phone) && customer.Remove(phone) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public static Refusal WrongPhone(string? text) =>
        new(RefusalKind.Invalid, "customer.phone", "This is no phone number: digits, with spaces, brackets and dashes between them.", "phone", (text ?? "").Storable(PhoneNumber.MaxLength));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/customers/{id:long}", async (long id, CustomerBody body, ChangeCustomer change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("putCustomer").WithSummary("Change a customer; what is left out stays").Answers<CustomerDetails>();
        api.MapPatch("/customers/{id:long}", async (long id, CustomerBody body, ChangeCustomer change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeCustomer").WithSummary("Change a customer; what is left out stays").Answers<CustomerDetails>();
    }
}
