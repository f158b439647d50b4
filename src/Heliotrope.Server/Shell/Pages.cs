using System.Security.Claims;
using Heliotrope.Core;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Heliotrope.Server.Shell;

/// <summary>Renders components as whole pages.</summary>
internal sealed class Pages(Store store, TimeProvider time)
{
    public static IResult Component<T>(object parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new RazorComponentResult<T>(parameters) { StatusCode = status };

    /// <summary>A page with a form: 422 when it shows again what could not be taken.</summary>
    public static IResult Form<T>(object parameters, bool again)
        where T : IComponent => Component<T>(parameters, again ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    /// <summary>A page that says why there is none.</summary>
    public static IResult Refused(Refusal refusal) => Component<StatusPage>(
        new { Status = Problems.StatusOf(refusal), Reason = refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict ? Words.OfRefusal(refusal) : null },
        Problems.StatusOf(refusal));

    public async Task<IResult> SignIn(string? returnTo, FormState form, int status = StatusCodes.Status200OK)
    {
        var organisation = await store.Read(Organisation.Of);
        return Component<SignIn>(new { View = new SignInView(organisation.Name, returnTo, form) }, status);
    }

    public Viewer Viewer(HttpContext http)
    {
        var actor = http.Actor();
        return new(
            actor.Id!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            actor.Name,
            http.User.FindFirstValue(ClaimTypes.Email) ?? "",
            actor.Role!.Value.ToString().ToLowerInvariant(),
            Zone.Here,
            time.Now(),
            Notices.Of(http));
    }

    /// <summary>What a form shows again after a refusal: the words beside the field, and what was typed.</summary>
    public static FormState Again(Refusal refusal, params (string Name, string? Value)[] typed) => new(
        new Dictionary<string, string> { [refusal.Field ?? ""] = Words.OfRefusal(refusal) },
        typed.ToDictionary(t => t.Name, t => t.Value ?? ""));
}
