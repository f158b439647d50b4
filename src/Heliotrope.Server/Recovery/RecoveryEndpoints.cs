using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Recovery;

/// <summary>The page of all recoveries, and the forms of one.</summary>
internal static class RecoveryEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/recoveries", async (RecoveryPages page, Pages pages, HttpContext http) =>
            Pages.Component<RecoveriesPage>(new { Viewer = pages.Viewer(http), View = await page.Page(http.Actor()) }));
        desk.MapPost("/conversations/{number:long}/recovery", async (long number, [FromForm] string? act, [FromForm] string? fix, [FromForm] string? cause, ChangeRecovery change, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await change.Run(http.Actor(), number, Body(act, fix, cause), http.RequestAborted), ("fix", fix), ("cause", cause)));
    }

    private static RecoveryBody Body(string? act, string? fix, string? cause) => act switch
    {
        "fix" or "fix-ask" => new(Fix: fix ?? "", Resolve: act is "fix-ask"),
        "cause" => new(OutsideCause: cause ?? ""),
        "drop" => new(Open: false),
        "open" => new(Open: true),
        _ => new(),
    };
}
