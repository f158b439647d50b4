using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Organisations;

/// <summary>Which organisation somebody belongs to, as their addresses say.</summary>
internal static class OrganisationOf
{
    /// <summary>The organisation that has the domain of an address, or the nearest one above it; null for none.</summary>
    public static async Task<long?> Address(HeliotropeDb db, EmailAddress address)
    {
        if (MailProviders.Has(address.Domain))
        {
            return null;
        }

        List<string> domains = [address.Domain];
        while (domains[^1].IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && domains[^1].IndexOf('.', dot + 1) > 0 && domains.Count < 10)
        {
            domains.Add(domains[^1][(dot + 1)..]);
        }

        var found = await db.OrganisationDomains.Where(d => domains.Contains(d.Domain)).Select(d => new { d.Domain, d.OrganisationId }).ToListAsync();
        return found.MaxBy(d => d.Domain.Length)?.OrganisationId;
    }

    /// <summary>Lets the addresses of a customer say where they belong, unless somebody said so.</summary>
    public static async Task Settle(HeliotropeDb db, Customer customer)
    {
        if (customer.OrganisationSet)
        {
            return;
        }

        long? organisation = null;
        foreach (var address in customer.Addresses.OrderBy(a => a.Id == 0).ThenBy(a => a.Id).Select(a => a.Address))
        {
            organisation ??= EmailAddress.TryParse(address, out var plain) ? await Address(db, plain) : null;
        }

        customer.BelongByDomain(organisation);
    }

    /// <summary>Lets everybody go who belonged by domains that it has no more, and takes in whom its domains say; nobody of whom somebody said where they belong.</summary>
    public static async Task Gather(HeliotropeDb db, CustomerOrganisation organisation)
    {
        var (id, domains) = (organisation.Id, organisation.Domains.Select(d => d.Domain).ToList());
        await db.Customers.Where(c => c.OrganisationId == id && !c.OrganisationSet)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.OrganisationId, (long?)null).SetProperty(c => c.Version, c => c.Version + 1));
        foreach (var domain in domains)
        {
            var (at, below) = ("@" + domain, "." + domain);
            await db.Customers.Where(c => c.OrganisationId == null && !c.OrganisationSet && db.CustomerAddresses.Any(a => a.CustomerId == c.Id && (a.Address.EndsWith(at) || a.Address.EndsWith(below))))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.OrganisationId, (long?)id).SetProperty(c => c.Version, c => c.Version + 1));
        }
    }
}
