using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>Lists imports, the newest first, and shows one.</summary>
internal sealed class ListImports(Store store)
{
    /// <summary>More imports than a desk sees in its life.</summary>
    private const int Most = 100;

    public async Task<Result<IReadOnlyList<ImportDetails>>> Run(Actor actor) => actor.MayAdminister
        ? await store.Read(actor, async db => (await db.Imports.OrderByDescending(i => i.Id).Take(Most).ToListAsync()).ConvertAll(ImportDetails.Of))
        : Refusal.NotAllowed;

    public async Task<Result<ImportDetails>> Show(Actor actor, long id) => !actor.MayAdminister ? Refusal.NotAllowed
        : await store.Read(actor, async db => await db.Imports.FindAsync(id)) is { } import ? ImportDetails.Of(import)
        : ImportStates.Unknown(id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/imports", async (ListImports list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .RequireAuthorization(Policies.ApiAdmin).WithName("listImports").WithSummary("List imports, the newest first").Answers<IReadOnlyList<ImportDetails>>();
        api.MapGet("/imports/{id:long}", async (long id, ListImports list, HttpContext http) => (await list.Show(http.Actor(), id)).ToApi())
            .RequireAuthorization(Policies.ApiAdmin).WithName("showImport").WithSummary("Say what an import would do, or has done").Answers<ImportDetails>();
    }
}
