using System.Security.Claims;
using System.Text.Encodings.Web;
using Heliotrope.Core.People;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Heliotrope.Server.People;

/// <summary>Marks connections that were made to the socket in the data folder.</summary>
internal sealed class CameOverLocalSocket;

/// <summary>
/// Whoever can open the socket in the data folder can read the database there as well, so the command line needs no key.
/// Nothing that comes over the network gets this.
/// </summary>
internal sealed class LocalAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Local";

    private static readonly Actor CommandLine = Actor.System with { Id = 0, Name = "command line" };

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Context.Features.Get<CameOverLocalSocket>() is not null
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(CommandLine.ToClaims(), Name)), Name))
            : AuthenticateResult.NoResult());

    // Over the network these endpoints do not exist.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
