using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.LifeEvents;

/// <summary>The pages of life events, and their forms.</summary>
internal static class LifeEventEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/life-events", async (GetLifeEvent get, Pages pages, HttpContext http) => (await get.List(http.Actor())).Match(
            rows => Pages.Component<LifeEventsPage>(new { Viewer = pages.Viewer(http), Rows = rows }),
            Pages.Refused));
        desk.MapPost("/life-events", async ([FromForm] string? kind, [FromForm] long? customer, [FromForm] long? conversation, OpenLifeEvent open, HttpContext http) =>
            (await open.Run(http.Actor(), new(kind, customer, conversation), http.RequestAborted)).Match(
                life => Results.LocalRedirect(conversation is null ? $"/customers/{life.Customer.Id}" : $"/conversations/{conversation}"),
                Pages.Refused));
        var one = desk.MapGroup("/life-events/{id:long}");
        one.MapGet("", (long id, long? conversation, Screen screen, HttpContext http) => screen.Show(http, id, conversation, FormState.Fresh));
        one.MapPost("/steps", async (long id, [FromForm] string? step, [FromForm] string? note, [FromForm] string? back, ChangeLifeEvent change, Screen screen, HttpContext http) =>
            await screen.After(http, id, back, (await change.Take(http.Actor(), id, new(step, note), http.RequestAborted)).Refusal is { } refusal ? refusal with { Field = null } : null));
        one.MapPost("/cancel", Cancel);
        one.MapPost("/proof", async (long id, [FromForm] string? back, ChangeLifeEvent change, Screen screen, HttpContext http) =>
            await screen.After(http, id, back, (await change.AskProof(http.Actor(), id, http.RequestAborted)).Refusal));
        one.MapPost("/contacts", async (long id, [FromForm] string? name, [FromForm] string? address, [FromForm] string? relation, [FromForm] string? back, ChangeLifeEvent change, Screen screen, HttpContext http) =>
            await screen.After(http, id, back, (await change.AddContact(http.Actor(), id, new(name, address, relation), http.RequestAborted)).Refusal, ("name", name), ("address", address), ("relation", relation)));
        one.MapPost("/close", async (long id, [FromForm] string? back, ChangeLifeEvent change, Screen screen, HttpContext http) =>
            await screen.After(http, id, back, (await change.Close(http.Actor(), id, http.RequestAborted)).Refusal));
        one.MapPost("/drop", async (long id, [FromForm] string? back, ChangeLifeEvent change, Screen screen, HttpContext http) =>
            await screen.After(http, id, back, (await change.Drop(http.Actor(), id, http.RequestAborted)).Refusal));
        one.MapPost("/words", Say);
        desk.MapPost("/people/{id:long}/trained", async (long id, [FromForm] string? trained, MarkTrained mark, HttpContext http) =>
            (await mark.Run(http.Actor(), id, new(trained == "yes"), http.RequestAborted)).Match(_ => Results.LocalRedirect($"/people/{id}"), Pages.Refused));
    }

    /// <summary>Cancels, and beside a conversation begins the reply that says so.</summary>
    private static async Task<IResult> Cancel(long id, [FromForm] string? conversation, [FromForm] string? back, ChangeLifeEvent change, SayWords say, Screen screen, HttpContext http)
    {
        var cancelled = await change.Cancel(http.Actor(), id, http.RequestAborted);
        if (cancelled.Refusal is not null || Number(conversation) is not { } number)
        {
            return await screen.After(http, id, back, cancelled.Refusal);
        }

        // The words are there to use: that they could not be put down, because a reply is just leaving, keeps nothing from being cancelled.
        await say.Run(http.Actor(), id, number, LifeWording.Cancelled, null, http.RequestAborted);
        return Results.LocalRedirect($"/conversations/{number}");
    }

    /// <summary>Puts words into the reply; a proof is asked for by them, once.</summary>
    private static async Task<IResult> Say(long id, [FromForm] string? wording, [FromForm] string? conversation, [FromForm] string? contact, SayWords say, Screen screen, HttpContext http)
    {
        if (Codes.Find<LifeWording>(wording) is not { } chosen || Number(conversation) is not { } number)
        {
            return Pages.Refused(GetLifeEvent.Unknown(id));
        }

        var refused = await say.Run(http.Actor(), id, number, chosen, Number(contact), http.RequestAborted);
        return refused is { Kind: RefusalKind.Conflict } && chosen is LifeWording.Proof ? await screen.After(http, id, conversation, refused)
            : refused is null or { Kind: RefusalKind.Conflict } ? Results.LocalRedirect($"/conversations/{number}") : Pages.Refused(refused);
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A life event's page, as it stands and after something was done.</summary>
    internal sealed class Screen(GetLifeEvent get, VerifyLifeEvent verify, Pages pages)
    {
        public async Task<IResult> Show(HttpContext http, long id, long? back, FormState form)
        {
            var life = await get.Run(http.Actor(), id);
            if (life.Refusal is { } unknown)
            {
                return Pages.Refused(unknown);
            }

            var found = await verify.Run(http.Actor(), id);
            return found.Refusal is { } refusal ? Pages.Refused(refusal)
                : Pages.Form<LifeEventPage>(new { Viewer = pages.Viewer(http), Life = life.Value, Found = found.Value, Form = form, Back = back }, form.Errors.Count > 0);
        }

        public async Task<IResult> After(HttpContext http, long id, string? back, Refusal? refused, params (string Name, string? Value)[] typed) => refused switch
        {
            null => Results.LocalRedirect($"/life-events/{id}{(Number(back) is { } number ? $"?conversation={number}" : "")}"),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } => Pages.Refused(refused),
            _ => await Show(http, id, Number(back), Pages.Again(refused, typed)),
        };
    }
}
