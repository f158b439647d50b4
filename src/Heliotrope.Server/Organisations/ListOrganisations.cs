using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Organisations;

/// <summary>An organisation in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Domains">Its domains.</param>
/// <param name="Customers">How many people belong to it.</param>
public sealed record OrganisationRow(long Id, string Name, IReadOnlyList<string> Domains, int Customers);

/// <summary>A page of organisations.</summary>
/// <param name="Items">In the order of their names.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record OrganisationPageOf(IReadOnlyList<OrganisationRow> Items, long? Next);

/// <summary>An organisation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Domains">Whoever writes from one of these belongs to it.</param>
/// <param name="Notes">What colleagues should know.</param>
/// <param name="Customers">How many people belong to it.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="Fields">Its own fields.</param>
public sealed record OrganisationDetails(long Id, string Name, IReadOnlyList<string> Domains, string Notes, int Customers, DateTimeOffset CreatedAt, IReadOnlyList<FieldDetails> Fields);

/// <summary>Lists and reads organisations.</summary>
internal sealed class ListOrganisations(Store store)
{
    public const int PageSize = 50;

    public async Task<Result<OrganisationPageOf>> Run(Actor actor, string? search, long? after)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var sought = Folded.Of((search ?? "").Storable(CustomerOrganisation.MaxName));
        return await store.Read<Result<OrganisationPageOf>>(actor, async db =>
        {
            IQueryable<CustomerOrganisation> wanted = db.Organisations;
            wanted = sought.Length > 0 ? wanted.Where(o => o.NameKey.Contains(sought) || o.Domains.Any(d => d.Domain.Contains(sought))) : wanted;
            if (after is { } place && await db.Organisations.Where(o => o.Id == place).Select(o => o.NameKey).FirstOrDefaultAsync() is { } key)
            {
                wanted = wanted.Where(o => o.NameKey.CompareTo(key) > 0);
            }

            var rows = await wanted.OrderBy(o => o.NameKey).Take(PageSize + 1)
                .Select(o => new { o.Id, o.Name, Domains = o.Domains.OrderBy(d => d.Id).Select(d => d.Domain).ToList(), Customers = db.Customers.Count(c => c.OrganisationId == o.Id) })
                .ToListAsync();
            var items = rows.ConvertAll(o => new OrganisationRow(o.Id, o.Name, o.Domains, o.Customers));
            return items.Count > PageSize ? new(items[..PageSize], items[PageSize - 1].Id) : new OrganisationPageOf(items, null);
        });
    }

    public async Task<Result<OrganisationDetails>> Open(Actor actor, long id) =>
        !actor.MayRead ? Refusal.NotAllowed
        : await store.Read(actor, db => Read(db, id)) is { } found ? found
        : Unknown(id);

    public static async Task<OrganisationDetails?> Read(HeliotropeDb db, long id)
    {
        var found = await db.Organisations.AsNoTracking().Include(o => o.Domains).FirstOrDefaultAsync(o => o.Id == id);
        return found is null ? null : new(
            found.Id, found.Name, [.. found.Domains.OrderBy(d => d.Id).Select(d => d.Domain)], found.Notes, await db.Customers.CountAsync(c => c.OrganisationId == id), found.CreatedAt,
            await FieldRows.Of(db, FieldTarget.Organisation, id));
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "organisation.unknown", $"There is no organisation {id}.", "organisation");

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/organisations", async (string? q, long? after, ListOrganisations list, HttpContext http) => (await list.Run(http.Actor(), q, after)).ToApi())
            .WithName("listOrganisations").WithSummary("List organisations by name, those with a text in their name or a domain").Answers<OrganisationPageOf>();
        api.MapGet("/organisations/{id:long}", async (long id, ListOrganisations list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getOrganisation").WithSummary("Read an organisation").Answers<OrganisationDetails>();
    }
}
