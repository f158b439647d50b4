using Heliotrope.Core;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Segments;

/// <summary>The pages of segments, and their forms.</summary>
internal static class SegmentsEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/segments", (ListSegments list, Pages pages, HttpContext http) => List(list, pages, http, null));
        desk.MapPost("/segments", async ([FromForm] string? name, [FromForm] string? query, ListSegments list, ChangeSegment change, Pages pages, HttpContext http) =>
        {
            var made = await change.Add(http.Actor(), new(name, query), http.RequestAborted);
            return made.Refusal switch
            {
                null => Results.LocalRedirect($"/segments/{made.Value.Id}"),
                { Kind: RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
                var refusal => await List(list, pages, http, Pages.Again(refusal, ("name", name), ("query", query))),
            };
        });
        var one = desk.MapGroup("/segments/{id:long}");
        one.MapGet("", (long id, string? q, string? after, ListSegments list, Pages pages, HttpContext http) => Show(list, pages, http, id, new(q, After: after), null));
        one.MapPost("", async (long id, [FromForm] string? name, [FromForm] string? query, ListSegments list, ChangeSegment change, Pages pages, HttpContext http) =>
            (await change.Run(http.Actor(), id, new(name ?? "", query ?? ""), http.RequestAborted)).Refusal switch
            {
                null => Results.LocalRedirect($"/segments/{id}"),
                { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
                var refusal => await Show(list, pages, http, id, new(), Pages.Again(refusal, ("name", name), ("query", query))),
            });
        one.MapPost("/remove", async (long id, ChangeSegment change, HttpContext http) =>
            (await change.Remove(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect("/segments"), Pages.Refused));
    }

    private static async Task<IResult> List(ListSegments list, Pages pages, HttpContext http, FormState? form) => (await list.Run(http.Actor())).Match(
        rows => Pages.Form<SegmentsPage>(new { Viewer = pages.Viewer(http), Segments = rows, MayWrite = http.Actor().MayLead, Form = form }, form is not null),
        Pages.Refused);

    private static async Task<IResult> Show(ListSegments list, Pages pages, HttpContext http, long id, CustomerQuery query, FormState? form)
    {
        var (segment, people) = (await list.Open(http.Actor(), id), await list.Customers(http.Actor(), id, query));
        return (segment.Refusal ?? people.Refusal) is { } refusal
            ? Pages.Refused(refusal)
            : Pages.Form<SegmentPage>(new { Viewer = pages.Viewer(http), Segment = segment.Value, People = people.Value, Search = query.Search ?? "", MayWrite = http.Actor().MayLead, Form = form }, form is not null);
    }
}
