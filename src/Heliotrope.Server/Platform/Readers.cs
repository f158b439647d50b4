using System.Security.Claims;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Microsoft.AspNetCore.Authorization;

namespace Heliotrope.Server.Platform;

/// <summary>
/// Colleagues of the role light read, and write notes. Whatever else would change something is refused to them before it begins, by default: an endpoint that they may use says so.
/// </summary>
internal static class Readers
{
    private sealed class Mark;

    /// <summary>They may use it, too.</summary>
    public static T ForReaders<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Mark());

    public static bool IsForReaders(EndpointMetadataCollection metadata) => metadata.GetMetadata<Mark>() is not null || metadata.GetMetadata<IAllowAnonymous>() is not null;

    public static Task Refuse(HttpContext http, RequestDelegate next)
    {
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);
        if (!changes || http.User.FindFirstValue(ClaimTypes.Role) != nameof(Role.Light) || http.GetEndpoint() is not RouteEndpoint endpoint || IsForReaders(endpoint.Metadata))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden; // the page for it follows where there is one
        return http.Request.Path.StartsWithSegments("/api") ? Refusal.NotAllowed.ToProblem().ExecuteAsync(http) : Task.CompletedTask;
    }
}
