using Heliotrope.Server.Platform;
using Heliotrope.Server.Replay;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Demo;

/// <summary>The demo company at the desk, for administrators, and on the command line.</summary>
internal static class DemoEndpoints
{
    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapPost("/demo/load", async (DemoLoader loader, HttpContext http) =>
            (await loader.Begin(http.Actor(), http.RequestAborted)).Match(_ => Results.LocalRedirect("/conversations"), Pages.Refused));
        settings.MapPost("/demo/remove", async (RemoveDemo remove, HttpContext http) =>
            (await remove.Run(http.Actor(), http.RequestAborted)).Match(_ => Results.LocalRedirect("/settings#demo"), Pages.Refused));
    }

    public static void MapLocal(IEndpointRouteBuilder local)
    {
        local.MapPost("/demo/load", (HttpContext http, LoadDemo load) => ReplayEndpoints.Answer(http, tell => load.Run(http.Actor(), tell, http.RequestAborted)));
        local.MapPost("/demo/remove", async (RemoveDemo remove, HttpContext http) => (await remove.Run(http.Actor(), http.RequestAborted)).ToApi());
    }
}
