using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Promises;

/// <summary>Pages and forms about promises.</summary>
internal static class PromiseEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/day", (Day day, Pages pages, HttpContext http) => Show(http.Actor().Id!.Value, day, pages, http));
        desk.MapGet("/day/{person:long}", Show);
        desk.MapGet("/promises", async (long? owner, long? customer, string? state, DateOnly? since, long? after, ListPromises list, Pages pages, HttpContext http) =>
        {
            var query = new PromiseQuery(owner, customer, state, since, after);
            return (await list.Run(http.Actor(), query)).Match(
                page => Pages.Component<PromisesPage>(new { Viewer = pages.Viewer(http), Query = query, Page = page }),
                Pages.Refused);
        });

        var one = desk.MapGroup("/conversations/{number:long}/promises");
        one.MapPost("", async (long number, [FromForm] string? text, [FromForm] string? due, MakePromise make, HttpContext http) =>
            After(http, number, await make.Run(http.Actor(), number, new(text, due), http.RequestAborted)));
        one.MapPost("/{id:long}/keep", async (long number, long id, KeepPromise keep, HttpContext http) =>
            After(http, number, await keep.Run(http.Actor(), number, id, http.RequestAborted)));
        one.MapPost("/{id:long}/renegotiate", async (long number, long id, [FromForm] string? due, RenegotiatePromise renegotiate, HttpContext http) =>
            After(http, number, await renegotiate.Run(http.Actor(), number, id, new(due), http.RequestAborted)));
        one.MapPost("/{id:long}/tell", async (long number, long id, [FromForm] string? due, TellFirst tell, HttpContext http) =>
            After(http, number, await tell.Run(http.Actor(), number, id, due, http.RequestAborted)));
    }

    private static async Task<IResult> Show(long person, Day day, Pages pages, HttpContext http) => (await day.Run(http.Actor(), person)).Match(
        view => Pages.Component<DayPage>(new { Viewer = pages.Viewer(http), View = view }),
        Pages.Refused);

    /// <summary>What ended meanwhile is no error: the page shows it.</summary>
    private static IResult After(HttpContext http, long number, Refusal? refusal) => refusal switch
    {
        null or { Code: "promise.ended" } => Results.LocalRedirect(Back(http) ?? $"/conversations/{number}"),
        _ => Pages.Refused(refusal),
    };

    private static string? Back(HttpContext http) => http.Request.Query["from"] == "day" ? "/day" : null;
}
