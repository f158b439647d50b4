using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Heliotrope.Server.Replay;

/// <summary>An organisation of a history.</summary>
internal sealed record ReplayOrganisation(string Name, IReadOnlyList<string> Domains);

/// <summary>A field of a history: a choice of a few words about a customer.</summary>
internal sealed record ReplayField(string Name, IReadOnlyList<string> Choices);

/// <summary>What is known of a customer of a history beside what they wrote.</summary>
internal sealed record ReplayCustomer(
    Place Place, EmailAddress Address, string? Phone, string? Organisation, string? Zone, string? Notes, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<ReplayPurchase> Bought, ReplayUse? Used);

/// <summary>Something that a customer bought.</summary>
internal sealed record ReplayPurchase(ReplayTime At, string What, Money Paid);

/// <summary>What a customer did again and again.</summary>
internal sealed record ReplayUse(string Name, ReplayTime Since, int Days);

/// <summary>The people of a history: read with the rest of it, and made known after its stories, whose mails brought them here.</summary>
internal static class ReplayPeople
{
    private const int MostEvents = 400;

    public static void Read(ReplayNode root, ReplayScript script)
    {
        foreach (var organisation in root.Items("organisations", "An organisation", "name", "domains"))
        {
            var (name, domains) = (organisation.Need("name"), organisation.Texts("domains").Select(d => d.Value).ToList());
            if (Made(name, domains, default).Refusal is { } refusal)
            {
                organisation.Wrong("name", refusal.Detail);
            }

            script.Organisations.Add(new(name, domains));
        }

        foreach (var field in root.Items("fields", "A field", "name", "choices"))
        {
            var (name, choices) = (field.Need("name"), field.Texts("choices").Select(c => c.Value).ToList());
            if (OwnField.Of(FieldTarget.Customer, FieldKind.Choice, name, choices).Refusal is { } refusal)
            {
                field.Wrong("name", refusal.Detail);
            }

            script.Fields.Add(new(name, choices));
        }

        foreach (var customer in root.Items("customers", "A customer", "address", "phone", "organisation", "zone", "notes", "fields", "bought", "used"))
        {
            script.Customers.Add(ReadCustomer(customer));
        }
    }

    private static ReplayCustomer ReadCustomer(ReplayNode node)
    {
        var text = node.Need("address");
        var address = Address(text) ?? Address("nobody@people.example")!;
        if (Address(text) is null)
        {
            node.Wrong("address", $"\"{text}\" is no address.");
        }

        if (node.Text("phone") is { } phone && !PhoneNumber.TryParse(phone, out _))
        {
            node.Wrong("phone", $"\"{phone}\" is no phone number.");
        }

        if (node.Text("zone") is { } zone && !TheirTime.TryZone(zone, out _))
        {
            node.Wrong("zone", $"\"{zone}\" is no zone of the tz database, such as Europe/Berlin.");
        }

        var fields = node.Texts("fields").Select(f => f.Value.Split('=', 2)).Where(f => f.Length == 2).DistinctBy(f => f[0]).ToDictionary(f => f[0].Trim(), f => f[1].Trim(), StringComparer.Ordinal);
        var used = node.Inner("used", "What they did", "name", "since", "days");
        return new(
            node.Place, address, node.Text("phone"), node.Text("organisation"), node.Text("zone"), node.Text("notes"), fields,
            [.. node.Items("bought", "A purchase", "at", "what", "paid").Select(ReadPurchase)], used is null ? null : new(used.Need("name"), Time(used, "since"), Whole(used, "days")));
    }

    private static EmailAddress? Address(string text) => EmailAddress.TryParse(text, out var address) ? address : null;

    private static ReplayPurchase ReadPurchase(ReplayNode node)
    {
        var paid = node.Need("paid").Split(' ', 2);
        if (paid is [var number, { Length: 3 } currency] && Money.IsCurrency(currency) && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1_000_000)
        {
            var places = new Money(0, currency).Places;
            return new(Time(node, "at"), node.Need("what"), new((long)(amount * (places switch { 0 => 1, 3 => 1000, _ => 100 })), currency));
        }

        node.Wrong("paid", "What was paid is an amount and a currency, such as 49.90 EUR.");
        return new(Time(node, "at"), node.Need("what"), new(0, "EUR"));
    }

    private static ReplayTime Time(ReplayNode node, string key)
    {
        if (ReplayTime.Parse(node.Need(key)) is { } time)
        {
            return time;
        }

        node.Wrong(key, "This is no time. Write 2026-09-01 09:14, -12w Mon 09:14 or -76h 10m.");
        return ReplayTime.Parse("-1h")!;
    }

    private static int Whole(ReplayNode node, string key)
    {
        if (int.TryParse(node.Need(key), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 1_000)
        {
            return days;
        }

        node.Wrong(key, $"\"{key}\" is a number of days.");
        return 1;
    }

    /// <summary>Makes known what is said of those who wrote. Whoever did not write in this history is passed over; what is here already stays.</summary>
    public static async Task<bool> Apply(HeliotropeDb db, ReplayScript script, DateTimeOffset now, CancellationToken cancel)
    {
        var organisations = await Organisations(db, script, now, cancel);
        var fields = await Fields(db, script, cancel);
        foreach (var said in script.Customers.DistinctBy(c => c.Address.Value))
        {
            var address = said.Address.Value;
            if (await db.Customers.Include(c => c.Addresses).Include(c => c.Phones).FirstOrDefaultAsync(c => c.Addresses.Any(a => a.Address == address) && c.Demo == script.Demo, cancel) is { } customer)
            {
                Tell(customer, said, organisations);
                await Give(db, customer.Id, said, fields, script.Zone, now, cancel);
            }
        }

        return true;
    }

    private static void Tell(Customer customer, ReplayCustomer said, Dictionary<string, long> organisations)
    {
        if (PhoneNumber.TryParse(said.Phone, out var phone))
        {
            customer.Add(phone);
        }

        customer.LiveIn(said.Zone ?? customer.Zone ?? "");
        customer.Note(said.Notes ?? "");
        if (said.Organisation is { } name && organisations.TryGetValue(name, out var organisation))
        {
            customer.BelongTo(organisation);
        }
    }

    private static async Task Give(HeliotropeDb db, long id, ReplayCustomer said, List<OwnField> fields, DateTimeZone zone, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (name, text) in said.Fields)
        {
            if (fields.Find(f => f.Name == name) is { } field && field.Read(text) is { Refusal: null } read && await db.CustomerFieldValues.FindAsync([id, field.Id], cancel) is null)
            {
                var value = new CustomerFieldValue { CustomerId = id, FieldId = field.Id };
                value.Keep(read.Value);
                db.CustomerFieldValues.Add(value);
            }
        }

        // Ids of their own, so that what was played twice is one.
        for (var i = 0; i < said.Bought.Count; i++)
        {
            var (bought, shop) = (said.Bought[i], FormattableString.Invariant($"played-{said.Address.Value}-{i}"));
            if (bought.At.In(now, zone, now) is { } at && at <= now && !await db.Purchases.AnyAsync(p => p.ShopId == shop, cancel) && Purchase.Of(id, shop, at, bought.What, bought.Paid, "") is { Refusal: null } purchase)
            {
                db.Purchases.Add(purchase.Value);
            }
        }

        if (said.Used is { } used && used.Since.In(now, zone, now) is { } since && !await db.ProductEvents.AnyAsync(e => e.CustomerId == id && e.Name == used.Name, cancel))
        {
            for (var (at, i) = (since, 0); at <= now && i < MostEvents; (at, i) = (at.AddDays(used.Days), i + 1))
            {
                if (ProductEvent.Of(id, FormattableString.Invariant($"played-{said.Address.Value}-{i}"), used.Name, at, "{}") is { Refusal: null } done)
                {
                    db.ProductEvents.Add(done.Value);
                }
            }
        }
    }

    private static async Task<Dictionary<string, long>> Organisations(HeliotropeDb db, ReplayScript script, DateTimeOffset now, CancellationToken cancel)
    {
        var known = await db.Organisations.ToDictionaryAsync(o => o.Name, StringComparer.Ordinal, cancel);
        foreach (var said in script.Organisations.DistinctBy(o => o.Name).Where(o => !known.ContainsKey(o.Name)))
        {
            if (Made(said.Name, said.Domains, now) is { Refusal: null } made)
            {
                if (script.Demo)
                {
                    made.Value.MarkDemo();
                }

                known[said.Name] = db.Organisations.Add(made.Value).Entity;
            }
        }

        await db.SaveChangesAsync(cancel); // their ids
        return known.ToDictionary(k => k.Key, k => k.Value.Id, StringComparer.Ordinal);
    }

    private static async Task<List<OwnField>> Fields(HeliotropeDb db, ReplayScript script, CancellationToken cancel)
    {
        var known = await db.OwnFields.Where(f => f.Target == FieldTarget.Customer).ToListAsync(cancel);
        foreach (var said in script.Fields.Where(f => !known.Exists(k => k.Name == f.Name)).ToList())
        {
            if (OwnField.Of(FieldTarget.Customer, FieldKind.Choice, said.Name, said.Choices) is { Refusal: null } made)
            {
                if (script.Demo)
                {
                    made.Value.MarkDemo();
                }

                known.Add(db.OwnFields.Add(made.Value).Entity);
            }
        }

        await db.SaveChangesAsync(cancel);
        return known;
    }

    private static Result<CustomerOrganisation> Made(string name, IReadOnlyList<string> domains, DateTimeOffset now) =>
        CustomerOrganisation.Named(name, now) is { Refusal: null } made ? made.Value.Have(domains) is { } refusal ? refusal : made : CustomerOrganisation.Named(name, now);
}
