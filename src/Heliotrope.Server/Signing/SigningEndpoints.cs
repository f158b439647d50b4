using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Signing;

/// <summary>The page on which is set how mail proves whom it is from, and its forms.</summary>
internal static class SigningEndpoints
{
    private const string Path = "/settings/signing";

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/signing", (ChangeSigning change, Pages pages, HttpContext http) => Show(change, pages, http));
        admin.MapPost("/signing", async ([FromForm] string? domain, ChangeSigning change, Pages pages, HttpContext http) =>
            await After((await change.Add(http.Actor(), new(domain), http.RequestAborted)).Refusal, change, pages, http, ("domain", domain)));
        admin.MapPost("/signing/{id:long}/check", async (long id, ChangeSigning change, Pages pages, HttpContext http) =>
            await After((await change.Check(http.Actor(), id, http.RequestAborted)).Refusal, change, pages, http));
        admin.MapPost("/signing/{id:long}/remove", async (long id, ChangeSigning change, Pages pages, HttpContext http) =>
            await After((await change.Remove(http.Actor(), id, http.RequestAborted)).Refusal, change, pages, http));
        admin.MapPost("/signing/trusted-servers", async ([FromForm] string? servers, ChangeSigning change, Pages pages, HttpContext http) =>
            await After((await change.Trust(http.Actor(), new((servers ?? "").Split('\n')), http.RequestAborted)).Refusal, change, pages, http, ("servers", servers)));
    }

    private static async Task<IResult> After(Refusal? refusal, ChangeSigning change, Pages pages, HttpContext http, params (string Name, string? Value)[] typed) => refusal switch
    {
        null => Results.LocalRedirect(Path),
        { Kind: RefusalKind.Invalid or RefusalKind.Conflict } => await Show(change, pages, http, Pages.Again(refusal, typed)),
        _ => Pages.Refused(refusal),
    };

    private static async Task<IResult> Show(ChangeSigning change, Pages pages, HttpContext http, FormState? again = null) =>
        (await change.Read(http.Actor())).Match(state => Pages.Form<SigningPage>(new { Viewer = pages.Viewer(http), State = state, Form = again }, again: again is not null), Pages.Refused);
}
