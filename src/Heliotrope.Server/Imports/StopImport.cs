using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>Stops an import between two batches. What is in stays; it can go on later.</summary>
internal sealed class StopImport(Store store, ImportBell bell, TimeProvider time)
{
    public async Task<Result<ImportDetails>> Run(Actor actor, long id) => !actor.MayAdminister
        ? Refusal.NotAllowed
        : await ImportStates.Change(store, bell, actor, "stopped", time.Now(), id, [ImportState.Running], import =>
        {
            (import.State, import.LeaseOwner, import.LeaseUntil) = (ImportState.Stopped, null, null);
        });

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/imports/{id:long}/stop", async (long id, StopImport stop, HttpContext http) => (await stop.Run(http.Actor(), id)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("stopImport").WithSummary("Stop an import; it can go on later").Answers<ImportDetails>();
}
