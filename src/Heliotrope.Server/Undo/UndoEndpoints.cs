using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Undo;

/// <summary>The button beside what was just done.</summary>
internal static class UndoEndpoints
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapPost("/undo", async ([FromForm] string? token, [FromForm] string? back, TakeBack take, HttpContext http) =>
    {
        var result = await take.Run(http.Actor(), token ?? "", http.RequestAborted);
        if (result.Refusal is { Kind: RefusalKind.Forbidden } refusal)
        {
            return Pages.Refused(refusal);
        }

        if (result.Refusal is { } not)
        {
            Notices.Refused(http, not);
        }
        else
        {
            Notices.TakenBack(http, result.Value.What, result.Value.About);
        }

        return Results.LocalRedirect(LocalPath.Of(back) ?? "/conversations");
    });

    /// <summary>Tells on the page that follows what was done, with the button that takes it back.</summary>
    public static void Tell(this HttpContext http, Done done)
    {
        if (done is { Refusal: null, Undo: { } token })
        {
            Notices.Done(http, done.What, done.About, token);
        }
    }
}
