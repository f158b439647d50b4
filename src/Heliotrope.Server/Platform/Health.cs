using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Platform;

/// <summary>For whatever watches the process. They say nothing but whether.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // What a browser keeps for when we are away.
        app.MapGet("/offline", () => Shell.Pages.Component<Shell.StatusPage>(new { Status = StatusCodes.Status503ServiceUnavailable })).AllowAnonymous();
        app.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous();

        // Migrations run before anything listens, and pages and SMTP listen together.
        app.MapGet("/health/ready", async (IHostApplicationLifetime lifetime, Store store, HttpContext http) =>
                lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested
                && await store.Read(db => db.Settings.AnyAsync(http.RequestAborted))
                    ? Results.Text("ready")
                    : Results.StatusCode(StatusCodes.Status503ServiceUnavailable))
            .AllowAnonymous();
    }
}
