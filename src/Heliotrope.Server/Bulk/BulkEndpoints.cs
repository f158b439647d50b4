using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Bulk;

/// <summary>The pages on which something is done to many conversations, and their forms.</summary>
internal static class BulkEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/bulk", (BulkPages show, HttpContext http) => show.Show(http, BulkHeld.Of(name => [.. http.Request.Query[name]])));
        desk.MapPost("/bulk/choose", async (BulkPages bulk, HttpContext http, CancellationToken cancel) => await bulk.Choose(http, await http.Request.ReadFormAsync(cancel)));
        desk.MapPost("/bulk", async (BulkPages show, HttpContext http) => await show.Do(http, await http.Request.ReadFormAsync(http.RequestAborted)));
        desk.MapGet("/bulk/{id:long}", (long id, BulkPages show, HttpContext http) => show.Progress(http, id));
        desk.MapPost("/bulk/{id:long}/undo", (long id, BulkPages show, HttpContext http) => show.Undo(http, id));
    }
}
