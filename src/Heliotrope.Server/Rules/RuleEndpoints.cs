using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>The pages of the rules. All of it works without a script.</summary>
internal static class RuleEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/rules", (RulePages rules, HttpContext http) => rules.List(http));
        desk.MapGet("/rules/new", (RulePages rules, HttpContext http) => rules.Form(http, null));
        desk.MapPost("/rules", (IFormCollection form, RulePages rules, HttpContext http) => rules.Keep(http, null, form));

        var one = desk.MapGroup("/rules/{id:long}");
        one.MapGet("", (long id, string? tried, string? after, string? runs, RulePages rules, HttpContext http) => rules.One(http, id, tried is not null, after, runs));
        one.MapGet("/edit", (long id, RulePages rules, HttpContext http) => rules.Form(http, id));
        one.MapPost("", (long id, IFormCollection form, RulePages rules, HttpContext http) => rules.Keep(http, id, form));
        one.MapPost("/try", async (long id, IFormCollection form, TryRule tries, HttpContext http) =>
            (await tries.Run(http.Actor(), id, null, http.RequestAborted)).Match(_ => Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/rules/{id}?tried=yes")), Pages.Refused));
        one.MapPost("/switch", async (long id, IFormCollection form, RulePages rules, WriteRule write, HttpContext http) =>
            await rules.After(http, id, await write.Run(http.Actor(), id, new(On: form["on"] == "yes"), http.RequestAborted)));
        one.MapPost("/move", async (long id, IFormCollection form, WriteRule write, HttpContext http) =>
            (await write.Run(http.Actor(), id, new(Place: int.TryParse(form["place"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null), http.RequestAborted))
                .Match(_ => Results.LocalRedirect("/rules"), Pages.Refused));
        one.MapPost("/runs/{run:long}/undo", async (long id, long run, IFormCollection form, UndoRun undo, HttpContext http) =>
        {
            var taken = await undo.Run(http.Actor(), id, run, http.RequestAborted);
            if (taken.Refusal is { Kind: RefusalKind.Forbidden } refusal)
            {
                return Pages.Refused(refusal);
            }

            if (taken.Refusal is { } not)
            {
                Notices.Refused(http, not);
            }
            else
            {
                Notices.TakenBack(http, taken.Value.What, taken.Value.About);
            }

            return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/rules/{id}"));
        });
        one.MapPost("/remove", async (long id, IFormCollection form, RemoveRule remove, HttpContext http) =>
            (await remove.Run(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect("/rules"), Pages.Refused));
    }
}

/// <summary>Reads what the pages of the rules show.</summary>
internal sealed class RulePages(Store store, ListRules list, TryRule tries, WriteRule write, Pages pages, TimeProvider time)
{
    private const int Days = 30;

    /// <summary>A plot of thirty bars needs no more.</summary>
    private const int MostCounted = 50_000;

    public async Task<IResult> List(HttpContext http)
    {
        var rules = await list.Run(http.Actor());
        if (rules.Refusal is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var today = Zone.DayOf(time.Now());
        var from = Zone.StartOf(today.AddDays(1 - Days));
        var (book, runs) = await store.Read(http.Actor(), async db => (
            await ActBook.Of(db),
            (await db.RuleRuns.Where(r => r.At >= from).OrderByDescending(r => r.Id).Take(MostCounted).Select(r => new { r.RuleId, r.At, r.Outcome }).ToListAsync()).ToLookup(r => r.RuleId)));
        var rows = rules.Value.Select(rule =>
        {
            var (days, mine) = (new int[Days], runs[rule.Id].ToList());
            mine.ForEach(run => days[Math.Clamp(Days - 1 - (today.DayNumber - Zone.DayOf(run.At).DayNumber), 0, Days - 1)]++);
            return new RuleRow(RuleWords.Of(rule, book), days, mine.Count, mine.Count(run => run.Outcome is Core.Rules.RuleOutcome.Refused));
        });
        return Pages.Component<RulesPage>(new { Viewer = pages.Viewer(http), View = new RulesView([.. rows], http.Actor().MayLead) });
    }

    public async Task<IResult> One(HttpContext http, long id, bool tried, string? after, string? runs, Refusal? problem = null)
    {
        var actor = http.Actor();
        var (rule, did) = (await list.One(actor, id), await list.Runs(actor, id, runs));
        var found = tried ? await tries.Show(actor, id, after, http.RequestAborted) : (Result<RuleTry>?)null;
        if ((rule.Refusal ?? did.Refusal ?? found?.Refusal) is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var book = await store.Read(actor, ActBook.Of);
        var view = new RuleView(
            RuleWords.Of(rule.Value, book), actor.MayLead, actor.MayWork, [.. did.Value.Items.Select(run => RuleWords.Of(run, book))], did.Value.Next is { } next ? $"/rules/{id}?runs={next}#runs" : null,
            found is { } result ? RuleWords.Of(result.Value, book, result.Value.Next is { } more ? $"/rules/{id}?tried=yes&after={more}#try" : null) : null, problem is null ? null : Words.OfRefusal(problem));
        return Pages.Component<RulePage>(new { Viewer = pages.Viewer(http), View = view }, problem is null ? StatusCodes.Status200OK : Problems.StatusOf(problem));
    }

    public async Task<IResult> Form(HttpContext http, long? id)
    {
        if (!http.Actor().MayLead)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var book = await store.Read(http.Actor(), ActBook.Of);
        return id is { } known
            ? (await list.One(http.Actor(), known)).Match(rule => Pages.Component<RuleFormPage>(new { Viewer = pages.Viewer(http), View = RuleForms.Of(rule, book) }), Pages.Refused)
            : Pages.Component<RuleFormPage>(new { Viewer = pages.Viewer(http), View = RuleForms.Of(null, book) });
    }

    public async Task<IResult> Keep(HttpContext http, long? id, IFormCollection form)
    {
        var kept = await write.Run(http.Actor(), id, RuleForms.Read(form), http.RequestAborted);
        if (kept.Refusal is not { } refusal)
        {
            return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/rules/{kept.Value.Id}"));
        }

        if (refusal.Kind is RefusalKind.Forbidden or RefusalKind.NotFound)
        {
            return Pages.Refused(refusal);
        }

        var book = await store.Read(http.Actor(), ActBook.Of);
        return Pages.Component<RuleFormPage>(new { Viewer = pages.Viewer(http), View = RuleForms.Again(id, form, refusal, book) }, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The rule's page once more: as it is now, or with what could not be done.</summary>
    public async Task<IResult> After(HttpContext http, long id, Result<RuleDetails> result) => result.Refusal switch
    {
        null => Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/rules/{id}")),
        { Kind: RefusalKind.Conflict } refusal => await One(http, id, tried: false, null, null, refusal),
        { } refusal => Pages.Refused(refusal),
    };
}
