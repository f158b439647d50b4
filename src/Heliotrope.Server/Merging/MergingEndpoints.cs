using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Undo;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Merging;

/// <summary>The forms with which conversations are merged, split and moved.</summary>
internal static class MergingEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var one = desk.MapGroup("/conversations/{number:long}");
        one.MapGet("/merge", (long number, long[]? also, string? into, MergingPages show, HttpContext http) => show.Merge(http, number, also ?? [], into));
        one.MapPost("/merge", async (long number, [FromForm] string? into, [FromForm] long[]? also, Merge merge, MergingPages show, HttpContext http) =>
        {
            var target = MergingPages.Number(into) ?? 0;
            var parts = MergingPages.Parts(number, also ?? [], target);
            var done = await merge.Run(http.Actor(), parts.Count > 0 ? parts[0] : number, new(target, [.. parts.Skip(1)]), http.RequestAborted);
            return done.Refusal is null ? After(http, done, target) : await Again(done.Refusal, refusal => show.Merge(http, number, also ?? [], into, refusal));
        });

        one.MapGet("/split", (long number, long? from, MergingPages show, HttpContext http) => show.Split(http, number, [], from, FormState.Fresh));
        one.MapPost("/split", async (long number, [FromForm] long[]? entries, [FromForm] string? where, [FromForm] string? subject, [FromForm] string? to, Split split, Move move, MergingPages show, HttpContext http) =>
        {
            Task<IResult> Show(Refusal refusal) => show.Split(http, number, entries ?? [], null, Pages.Again(refusal, ("where", where), ("subject", subject), ("to", to)));
            if (where is "there")
            {
                var moved = await move.Run(http.Actor(), number, new(entries ?? [], MergingPages.Number(to), null), http.RequestAborted);
                return moved.Refusal is null ? After(http, moved, number) : await Again(moved.Refusal, Show);
            }

            var (done, part) = await split.Run(http.Actor(), number, new(entries ?? [], null, subject), http.RequestAborted);
            return done.Refusal is null ? After(http, done, part) : await Again(done.Refusal, Show);
        });

        one.MapGet("/customer", (long number, MergingPages show, HttpContext http) => show.Customer(http, number, FormState.Fresh));
        one.MapPost("/customer", async (long number, [FromForm] string? customer, Move move, MergingPages show, HttpContext http) =>
        {
            var done = await move.Run(http.Actor(), number, new(null, null, string.IsNullOrWhiteSpace(customer) ? "-" : customer), http.RequestAborted);
            return done.Refusal is null ? After(http, done, number) : await Again(done.Refusal, refusal => show.Customer(http, number, Pages.Again(refusal, ("customer", customer))));
        });
    }

    private static IResult After(HttpContext http, Done done, long number)
    {
        http.Tell(done);
        return Results.LocalRedirect($"/conversations/{number}");
    }

    private static async Task<IResult> Again(Refusal refusal, Func<Refusal, Task<IResult>> show) =>
        refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden ? Pages.Refused(refusal) : await show(refusal);
}
