using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>A customer in a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name; their address while no name is known.</param>
/// <param name="Email">The address we write to.</param>
/// <param name="Organisation">The organisation they belong to; null for none.</param>
/// <param name="Language">The language they write in; null while unknown.</param>
/// <param name="Conversations">How many conversations they have; spam left out.</param>
/// <param name="LastActivityAt">When anything last happened in one of them (UTC); null while there is none.</param>
public sealed record CustomerRow(long Id, string Name, string Email, NamedRef? Organisation, string? Language, int Conversations, DateTimeOffset? LastActivityAt);

/// <summary>A page of customers.</summary>
/// <param name="Items">The customers.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record CustomerPageOf(IReadOnlyList<CustomerRow> Items, string? Next);

/// <summary>Which customers are asked for.</summary>
/// <param name="Search">Words, each of which is in their name, an address, a phone or the name of their organisation.</param>
/// <param name="Organisation">Those of an organisation.</param>
/// <param name="Newest">The newest first, instead of by name.</param>
/// <param name="Limit">How many at once, 1 to 200; 50 when not said.</param>
/// <param name="After">The place after which to go on, as the page before said.</param>
internal sealed record CustomerQuery(string? Search = null, long? Organisation = null, bool Newest = false, int? Limit = null, string? After = null);

/// <summary>Lists customers by name or the newest first, page by page without losing the place.</summary>
internal sealed class ListCustomers(Store store)
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    /// <summary>Guards against a query with a hundred conditions.</summary>
    private const int MostWords = 6;

    public Task<Result<CustomerPageOf>> Run(Actor actor, CustomerQuery query) => Run(actor, query, (_, customers) => customers);

    /// <summary>The same among some of them.</summary>
    public async Task<Result<CustomerPageOf>> Run(Actor actor, CustomerQuery query, Func<HeliotropeDb, IQueryable<Customer>, IQueryable<Customer>> among)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        if (query.Limit is < 1 or > LargestPage)
        {
            return Paging.TooMany(LargestPage);
        }

        CustomerPlace? place = null;
        if (!string.IsNullOrEmpty(query.After))
        {
            place = CustomerPlace.Read(query.After);
            if (place is null)
            {
                return Paging.NoPlace;
            }
        }

        return await store.Read<Result<CustomerPageOf>>(actor, async db =>
        {
            var (wanted, limit) = (among(db, Sought(db, query)), query.Limit ?? UsualPage);
            var rows = await Project(db, Ordered(wanted, query.Newest, place).Take(limit + 1)).ToListAsync();
            if (rows.Count <= limit)
            {
                return new CustomerPageOf(rows, null);
            }

            var last = rows[limit - 1].Id;
            return new CustomerPageOf(rows[..limit], new CustomerPlace(last, await db.Customers.Where(c => c.Id == last).Select(c => c.NameKey).SingleAsync()).ToString());
        });
    }

    /// <summary>Those in whom every word is found.</summary>
    public static IQueryable<Customer> Sought(HeliotropeDb db, CustomerQuery query)
    {
        IQueryable<Customer> wanted = db.Customers;
        wanted = query.Organisation is { } organisation ? wanted.Where(c => c.OrganisationId == organisation) : wanted;
        var text = (query.Search ?? "").Storable(Folded.Longest);
        if (PhoneNumber.Sought(text) is { } digits)
        {
            return wanted.Where(c => db.CustomerPhones.Where(p => p.Digits.Contains(digits)).Select(p => p.CustomerId).Contains(c.Id)
                || db.CustomerAddresses.Where(a => a.Address.Contains(digits)).Select(a => a.CustomerId).Contains(c.Id));
        }

        foreach (var word in Folded.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            wanted = wanted.Where(c => c.NameKey.Contains(word)
                || db.CustomerAddresses.Where(a => a.Address.Contains(word)).Select(a => a.CustomerId).Contains(c.Id)
                || db.Organisations.Where(o => o.NameKey.Contains(word)).Select(o => (long?)o.Id).Contains(c.OrganisationId));
        }

        return wanted;
    }

    private static IQueryable<Customer> Ordered(IQueryable<Customer> customers, bool newest, CustomerPlace? place)
    {
        if (newest)
        {
            return (place is { } below ? customers.Where(c => c.Id < below.Id) : customers).OrderByDescending(c => c.Id);
        }

        if (place is { } after)
        {
            // The first half says it in a way that an index answers.
            customers = customers.Where(c => c.NameKey.CompareTo(after.Key) >= 0 && (c.NameKey.CompareTo(after.Key) > 0 || c.Id > after.Id));
        }

        return customers.OrderBy(c => c.NameKey).ThenBy(c => c.Id);
    }

    private static IQueryable<CustomerRow> Project(HeliotropeDb db, IQueryable<Customer> customers)
    {
        var shown = db.Conversations.WithoutSpam();
        return customers.Select(c => new CustomerRow(
            c.Id, c.Name, c.Addresses.OrderBy(a => a.Id).First().Address,
            db.Organisations.Where(o => o.Id == c.OrganisationId).Select(o => new NamedRef(o.Id, o.Name)).FirstOrDefault(),
            c.Language, shown.Count(x => x.CustomerId == c.Id), shown.Where(x => x.CustomerId == c.Id).Max(x => (DateTimeOffset?)x.LastActivityAt)));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/customers",
            async (string? q, string? address, long? organisation, string? sort, int? limit, string? after, ListCustomers list, HttpContext http) =>
                sort is not (null or "" or "name" or "new") ? Refusal.Invalid("sort.unknown", "Customers are sorted by name or new.", "sort").ToProblem()
                : (await list.Run(http.Actor(), new(q ?? address, organisation, sort == "new", limit, after))).ToApi())
        .WithName("listCustomers").WithSummary("List customers by name or the newest first, those with every word of q in their name, an address, a phone or their organisation").Answers<CustomerPageOf>();
}

/// <summary>A place in a list of customers that stays when they are renamed or merged.</summary>
/// <param name="Id">The last one's id.</param>
/// <param name="Key">The last one's name as it is sorted.</param>
internal readonly record struct CustomerPlace(long Id, string Key)
{
    public static CustomerPlace? Read(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || text.Length > 2_000 || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !Base64Url.IsValid(text.AsSpan(dot + 1)))
        {
            return null;
        }

        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text.AsSpan(dot + 1)));
        return new(id, key.Storable(Folded.Longest));
    }

    public override string ToString() => Id.ToString(CultureInfo.InvariantCulture) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Key));
}
