using Heliotrope.Core.Search;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>Customers by parts of their names and addresses, those we heard from last first.</summary>
internal static class FoundPeople
{
    /// <summary>Latest conversations are looked up of these at most: a single letter is in everybody's name.</summary>
    private const int MostCompared = 200;

    public static async Task<IReadOnlyList<FoundCustomer>> Of(HeliotropeDb db, Query query, int most)
    {
        var customers = db.Customers.AsQueryable();
        foreach (var word in query.Words)
        {
            var named = db.CustomersNamed(word.Text);
            customers = customers.Where(p => named.Contains(p.Id));
        }

        foreach (var word in query.Terms.OfType<TextTerm>().Where(t => t.Not))
        {
            var named = db.CustomersNamed(word.Text);
            customers = customers.Where(p => !named.Contains(p.Id));
        }

        var rows = await customers.OrderByDescending(p => p.Id).Take(MostCompared).Select(p => new
        {
            p.Id,
            p.Name,
            Address = p.Addresses.OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefault() ?? "",
            Latest = db.Conversations.WithoutSpam().Where(c => c.CustomerId == p.Id).OrderByDescending(c => c.LastActivityAt).Select(c => new { c.Number, c.LastActivityAt }).FirstOrDefault(),
        }).ToListAsync();
        return [.. rows.OrderByDescending(r => r.Latest?.LastActivityAt).ThenByDescending(r => r.Id).Take(most).Select(r => new FoundCustomer(r.Id, r.Name, r.Address, r.Latest?.Number))];
    }
}
