using System.Globalization;
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
        one.MapPost("", async (long number, [FromForm] string? text, [FromForm] string? due, MakePromise make, ConversationPages show, HttpContext http) =>
            await After(http, number, await make.Run(http.Actor(), number, new(text, OnThisClock(due)), http.RequestAborted), show));
        one.MapPost("/{id:long}/keep", async (long number, long id, KeepPromise keep, ConversationPages show, HttpContext http) =>
            await After(http, number, await keep.Run(http.Actor(), number, id, http.RequestAborted), show));
        one.MapPost("/{id:long}/renegotiate", async (long number, long id, [FromForm] string? due, RenegotiatePromise renegotiate, ConversationPages show, HttpContext http) =>
            await After(http, number, await renegotiate.Run(http.Actor(), number, id, new(OnThisClock(due)), http.RequestAborted), show));
        one.MapPost("/{id:long}/tell", async (long number, long id, [FromForm] string? due, TellFirst tell, ConversationPages show, HttpContext http) =>
            await After(http, number, await tell.Run(http.Actor(), number, id, OnThisClock(due), http.RequestAborted), show));
    }

    private static async Task<IResult> Show(long person, Day day, Pages pages, HttpContext http) => (await day.Run(http.Actor(), person)).Match(
        view => Pages.Component<DayPage>(new { Viewer = pages.Viewer(http), View = view }),
        Pages.Refused);

    /// <summary>A form's time is meant as pages show times; a program's is on the team's clock.</summary>
    private static string? OnThisClock(string? typed) => SnoozeChoices.Read(null, typed, Zone.Here)?.ToString("O", CultureInfo.InvariantCulture) ?? typed;

    /// <summary>Back to where it was pressed; what ended meanwhile is no error there.</summary>
    private static async Task<IResult> After(HttpContext http, long number, Refusal? refusal, ConversationPages show) =>
        refusal is null or { Kind: RefusalKind.Conflict } && http.Request.Query["from"] == "day" ? Results.LocalRedirect("/day") : await show.After(http, number, refusal);
}
