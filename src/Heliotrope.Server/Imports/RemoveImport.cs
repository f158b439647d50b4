using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>Takes an import back: all that it made, and nothing else. What colleagues have worked in since stays.</summary>
internal sealed class RemoveImport(Store store, ImportBell bell, TimeProvider time)
{
    public async Task<Result<ImportDetails>> Run(Actor actor, long id) => !actor.MayAdminister
        ? Refusal.NotAllowed
        : await ImportStates.Change(store, bell, actor, "taken-back", time.Now(), id, [ImportState.Reading, ImportState.Ready, ImportState.Running, ImportState.Stopped, ImportState.Done, ImportState.Failed], import =>
        {
            (import.State, import.EndedAt, import.LeaseOwner, import.LeaseUntil) = (ImportState.Removing, null, null, null);
        });

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/imports/{id:long}/remove", async (long id, RemoveImport remove, HttpContext http) => (await remove.Run(http.Actor(), id)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("removeImport").WithSummary("Take an import back: all that it made, and nothing else").Answers<ImportDetails>();
}
