using System.Security.Claims;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Heliotrope.Server.People;

/// <summary>The cookie holds who somebody is and what they may do; Identity checks it against the database every minute.</summary>
internal sealed class DeskClaims(UserManager<User> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<User>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        foreach (var type in new[] { ClaimTypes.NameIdentifier, ClaimTypes.Name })
        {
            identity.TryRemoveClaim(identity.FindFirst(type));
        }

        identity.AddClaims(user.AsActor().ToClaims());
        return identity;
    }
}

/// <summary>The way in and out. A wrong address and a wrong password get the same answer after the same work.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (string? returnUrl, Pages pages) => pages.SignIn(LocalPath.Of(returnUrl), FormState.Fresh)).AllowAnonymous();
        app.MapPost("/sign-in", SignIn).AllowAnonymous().LimitRate(RateLimits.SignIn);
        app.MapPost("/sign-out", async ([FromForm] string? _, SignInManager<User> sign) =>
        {
            await sign.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        }).RequireAuthorization(Policies.Desk).ForReaders();
    }

    private static async Task<IResult> SignIn(
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? returnTo, SignInManager<User> sign, UserManager<User> users, Pages pages)
    {
        var user = await users.FindByEmailAsync(email?.Trim() ?? "");
        if (user is not { LeftAt: null } || await users.IsLockedOutAsync(user))
        {
            // As much work as for somebody we know and may let in, so that time tells nothing.
            users.PasswordHasher.HashPassword(new User(), password ?? "");
        }
        else if ((await sign.PasswordSignInAsync(user, password ?? "", isPersistent: true, lockoutOnFailure: true)).Succeeded)
        {
            return Results.LocalRedirect(LocalPath.Of(returnTo) ?? "/conversations");
        }

        var form = new FormState(new Dictionary<string, string> { [""] = Words.T("sign-in.wrong") }, new Dictionary<string, string> { ["email"] = email ?? "" });
        return await pages.SignIn(LocalPath.Of(returnTo), form, StatusCodes.Status422UnprocessableEntity);
    }
}
