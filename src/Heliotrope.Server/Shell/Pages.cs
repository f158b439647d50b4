using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Heliotrope.Server.Shell;

/// <summary>Renders components as whole pages.</summary>
internal sealed class Pages(Store store)
{
    public static IResult Component<T>(object parameters, int status, HttpContext http)
        where T : IComponent
    {
        http.Response.StatusCode = status;
        return new RazorComponentResult<T>(parameters) { StatusCode = status };
    }

    public async Task<IResult> SignIn(string? returnTo, FormState form, int status = StatusCodes.Status200OK)
    {
        var organisation = await store.Read(Organisation.Of);
        return new RazorComponentResult<SignIn>(new { View = new SignInView(organisation.Name, returnTo, form) }) { StatusCode = status };
    }
}
