using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Setup;

/// <summary>The page behind the one-time link.</summary>
internal static class SetupEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var setup = app.MapGroup("/setup/{token}").AllowAnonymous().LimitRate(RateLimits.SignIn);
        setup.MapGet("", async (string token, CompleteSetup complete, Store store) =>
            await complete.Opens(token) ? Page(new(token, false, FormState.Fresh)) : await Gone(store));
        setup.MapPost("", async (
            string token, [FromForm] string? organisation, [FromForm] string? name, [FromForm] string? email, [FromForm] string? password,
            CompleteSetup complete, Store store, SignInManager<User> sign, UserManager<User> users) =>
        {
            var made = await complete.Run(token, new(organisation, name, email, password));
            if (made.Refusal is { } refusal)
            {
                return refusal.Code == "setup.closed"
                    ? await Gone(store)
                    : Page(new(token, false, Pages.Again(refusal, ("organisation", organisation), ("name", name), ("email", email))), StatusCodes.Status422UnprocessableEntity);
            }

            await sign.SignInAsync((await users.FindByEmailAsync(made.Value.Email))!, isPersistent: true);
            return Results.LocalRedirect("/conversations");
        });
    }

    private static async Task<IResult> Gone(Store store) => Page(new(null, await store.Read(CompleteSetup.IsClosed), FormState.Fresh), StatusCodes.Status404NotFound);

    private static IResult Page(SetupView view, int status = StatusCodes.Status200OK) => Pages.Component<SetupPage>(new { View = view }, status);
}
