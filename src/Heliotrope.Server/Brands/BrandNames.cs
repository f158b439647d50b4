using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Brands;

/// <summary>What brands are called.</summary>
internal static class BrandNames
{
    public static Task<List<NamedRef>> Of(HeliotropeDb db) =>
        db.Brands.OrderBy(b => b.Name).Take(ListBrands.Most).Select(b => new NamedRef(b.Id, b.Name)).ToListAsync();
}
