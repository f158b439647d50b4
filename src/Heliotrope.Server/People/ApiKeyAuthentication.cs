using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Heliotrope.Server.People;

/// <summary>Lets programs in with a key in the Authorization header; never in an address, which ends up in logs.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Store store, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || string.IsNullOrEmpty(header.Parameter))
        {
            return AuthenticateResult.NoResult();
        }

        var hash = Tokens.Hash(header.Parameter);
        var now = time.Now();
        var key = await store.Read(db => db.ApiKeys.FirstOrDefaultAsync(k => k.Hash == hash && k.ExpiresAt > now));
        return key is null
            ? AuthenticateResult.Fail("The key is unknown or has expired.")
            : AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(key.AsActor().ToClaims(), Scheme.Name)), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var missing = Request.Headers.Authorization.Count == 0;
        return TypedResults.Problem(
            missing ? "Send a key in the header Authorization: Bearer …" : "The key is unknown or has expired.",
            statusCode: StatusCodes.Status401Unauthorized,
            title: "Not signed in",
            type: "about:blank",
            extensions: new Dictionary<string, object?> { ["code"] = missing ? "key.missing" : "key.unknown" }).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Core.Refusal.NotAllowed.ToProblem().ExecuteAsync(Context);
}
