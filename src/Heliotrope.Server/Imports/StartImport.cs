using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>Lets an import come in: from its beginning, or from where it was stopped. What is here already does not come twice.</summary>
internal sealed class StartImport(Store store, ImportBell bell, TimeProvider time)
{
    public async Task<Result<ImportDetails>> Run(Actor actor, long id) => !actor.MayAdminister
        ? Refusal.NotAllowed
        : await ImportStates.Change(store, bell, actor, "started", time.Now(), id, [ImportState.Ready, ImportState.Stopped, ImportState.Done], import =>
        {
            if (import.State is not ImportState.Stopped)
            {
                (import.Place, import.Tally) = (Place.Start, "");
            }

            (import.State, import.EndedAt, import.Problem, import.Progress) = (ImportState.Running, null, "", 0);
        });

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/imports/{id:long}/start", async (long id, StartImport start, HttpContext http) => (await start.Run(http.Actor(), id)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("startImport").WithSummary("Let an import come in, or go on where it was stopped").Answers<ImportDetails>();
}
