using Heliotrope.Core.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Heliotrope.Server.People;

/// <summary>Who may use an endpoint. Each one names a policy or says that it is open; a test walks them all.</summary>
internal static class Policies
{
    /// <summary>Pages: anybody signed in.</summary>
    public const string Desk = "desk";

    /// <summary>Pages: administrators.</summary>
    public const string DeskAdmin = "desk-admin";

    /// <summary>The API: any key.</summary>
    public const string Api = "api";

    /// <summary>The API: an administrator's key.</summary>
    public const string ApiAdmin = "api-admin";

    /// <summary>The command line on the same machine.</summary>
    public const string Local = "local";

    public static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(Desk, p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser());
        options.AddPolicy(DeskAdmin, p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireRole(nameof(Role.Admin)));
        options.AddPolicy(Api, p => p.AddAuthenticationSchemes(ApiKeyAuthentication.Name).RequireAuthenticatedUser());
        options.AddPolicy(ApiAdmin, p => p.AddAuthenticationSchemes(ApiKeyAuthentication.Name).RequireRole(nameof(Role.Admin)));
        options.AddPolicy(Local, p => p.AddAuthenticationSchemes(LocalAuthentication.Name).RequireAuthenticatedUser());

        // Whatever forgot to say who may use it may be used by nobody; where there is nothing, or nothing for this method, 404 and 405 say so.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(context => (context.Resource as HttpContext)?.GetEndpoint() is not RouteEndpoint).Build();
    }
}
