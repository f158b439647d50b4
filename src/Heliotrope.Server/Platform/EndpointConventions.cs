using System.Globalization;
using System.Security.Claims;
using Heliotrope.Core.People;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Platform;

/// <summary>What endpoints have in common.</summary>
internal static class EndpointConventions
{
    /// <summary>The claim that says what kind of actor somebody is.</summary>
    public const string ActorKindClaim = "heliotrope:actor";

    /// <summary>Who sends this request. Only what sign-in or a key established; never anything from the request's content.</summary>
    public static Actor Actor(this HttpContext http)
    {
        var user = http.User;
        return new(
            Enum.Parse<ActorKind>(user.FindFirstValue(ActorKindClaim) ?? throw new InvalidOperationException("This endpoint lets nobody unknown in, and yet somebody came.")),
            long.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture),
            user.FindFirstValue(ClaimTypes.Name)!,
            Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role)!));
    }

    /// <summary>The claims from which <see cref="Actor(HttpContext)"/> reads.</summary>
    public static IEnumerable<Claim> ToClaims(this Actor actor) =>
    [
        new(ActorKindClaim, actor.Kind.ToString()),
        new(ClaimTypes.NameIdentifier, actor.Id!.Value.ToString(CultureInfo.InvariantCulture)),
        new(ClaimTypes.Name, actor.Name),
        new(ClaimTypes.Role, actor.Role!.Value.ToString()),
    ];

    /// <summary>Documents what an API endpoint answers: a value, or problem details (RFC 9457).</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<T>()
        .Produces<ProblemDetails>(StatusCodes.Status401Unauthorized, "application/problem+json")
        .Produces<ProblemDetails>(StatusCodes.Status403Forbidden, "application/problem+json")
        .Produces<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")
        .Produces<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")
        .Produces<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
}
