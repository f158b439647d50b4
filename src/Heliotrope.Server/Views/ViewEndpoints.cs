using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Undo;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Views;

/// <summary>The pages of the saved views, and their forms.</summary>
internal static class ViewEndpoints
{
    private const string Page = "/views";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(Page, (ViewPages show, HttpContext http) => show.All(http));
        desk.MapGet("/views/menu", (ViewPages show, HttpContext http, long? current) => show.Menu(http, current));
        desk.MapGet("/views/new", (ViewPages show, HttpContext http) => show.Form(http, null, null));
        desk.MapPost("/views/form", (ViewPages show, HttpContext http) => show.Take(http));

        var one = desk.MapGroup("/views/{id:long}");
        one.MapGet("/edit", (long id, ViewPages show, HttpContext http) => show.Form(http, id, null));
        one.MapPost("/pin", async (long id, [FromForm] string? pin, ArrangeViews arrange, HttpContext http) =>
            After(await arrange.Run(http.Actor(), id, pin is "yes", 0, http.RequestAborted))).ForReaders(); // of their own menu
        one.MapPost("/move", async (long id, [FromForm] string? by, ArrangeViews arrange, HttpContext http) =>
            After(await arrange.Run(http.Actor(), id, null, by is "-1" ? -1 : 1, http.RequestAborted))).ForReaders();
        one.MapPost("/remove", async (long id, RemoveView remove, HttpContext http) =>
        {
            var done = await remove.Do(http.Actor(), id, http.RequestAborted);
            http.Tell(done);
            return After(done.Refusal);
        });
    }

    private static IResult After(Refusal? refusal) => refusal is null ? Results.LocalRedirect(Page) : Pages.Refused(refusal);
}

/// <summary>Makes the pages of the saved views.</summary>
internal sealed class ViewPages(Store store, Queues queues, SaveView save, Pages pages, TimeProvider time)
{
    public async Task<IResult> All(HttpContext http)
    {
        var actor = http.Actor();
        var view = await store.Read(actor, async db =>
        {
            var all = await ReadViews.All(db, actor);
            var teams = await Names.OfTeams(db);
            var rows = new List<ViewRow>();
            foreach (var some in all.Chunk(ReadViews.MostInMenu))
            {
                var counts = await ReadViews.Counts(db, actor, [.. some.Select(each => each.View)], time.Now());
                foreach (var (one, pinned) in some)
                {
                    rows.Add(new(
                        one.Id, one.Name, ViewFields.Parts(one.Query), one.Sorting, Shared(one, teams), counts[one.Id], pinned, one.MayChange(actor),
                        await ViewProblems.Of(db, actor, Core.Search.Query.Read(one.Query)), one.Demo));
                }
            }

            return new ViewsView(rows, actor.MayWork);
        });
        return Pages.Component<ViewsPage>(new { Viewer = pages.Viewer(http), View = view });
    }

    /// <summary>What the queue's menu holds, read when it is opened.</summary>
    public async Task<IResult> Menu(HttpContext http, long? current)
    {
        var actor = http.Actor();
        var (views, counts) = await store.Read(actor, async db =>
        {
            var pinned = (await ReadViews.All(db, actor)).Where(each => each.Pinned).Take(ReadViews.MostInMenu).Select(each => each.View).ToList();
            return (pinned.ConvertAll(view => new SavedRef(view.Id, view.Name, view.MayChange(actor))), await ReadViews.Counts(db, actor, pinned, time.Now()));
        });
        return Pages.Component<ViewMenu>(new { Views = (IReadOnlyList<SavedRef>)views, Counts = counts, Current = current });
    }

    /// <summary>The page on which a view is made or changed, with what the address holds; or with what was typed, after a refusal.</summary>
    public async Task<IResult> Form(HttpContext http, long? id, (Refusal Refusal, ViewTyped Typed)? refused)
    {
        var actor = http.Actor();
        var saved = id is { } known ? await store.Read(actor, db => ReadViews.Find(db, actor, known)) : null;
        if (id is { } asked && saved is null)
        {
            return Pages.Refused(ListViews.Unknown(asked));
        }

        if (!(saved?.MayChange(actor) ?? actor.MayWork))
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var held = http.Request.Query;
        var typed = refused?.Typed ?? (held.ContainsKey("q") || saved is null
            ? new(held["name"].ToString().Storable(SavedView.LongestQuery), held["q"].ToString().Storable(SavedView.LongestQuery), held["order"], held["share"])
            : new(saved.Name, saved.Query, saved.Sorting.ToString(), SharingText(saved)));
        var list = new QueueRequest("all") { Query = typed.Query.Length == 0 ? null : typed.Query, Order = QueueRequest.OrderOf(typed.Order), After = held["after"], Before = held["before"] };
        var preview = await queues.Page(actor, list);
        var (fields, teams) = await store.Read(actor, async db => (await ViewFields.Of(db), actor.MayLead ? await Names.OfTeams(db) : null));
        var form = refused is { } not ? Pages.Again(not.Refusal, ("name", typed.Name)) : FormState.Fresh with { Values = new Dictionary<string, string> { ["name"] = typed.Name } };
        var page = new ViewForm(id, typed.Query, QueueRequest.OrderOf(typed.Order), typed.Sharing is { Length: > 0 } sharing ? sharing : "own", ViewFields.Parts(typed.Query), fields, teams, form, preview);
        return Pages.Form<ViewFormPage>(new { Viewer = pages.Viewer(http), View = page }, again: refused is not null);
    }

    /// <summary>Takes a press on that page: one that changes what is asked for shows the page again, one that saves leads to the list.</summary>
    public async Task<IResult> Take(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string Of(string name) => form[name].ToString();
        var id = long.TryParse(Of("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : (long?)null;
        var typed = new ViewTyped(Of("name"), Of("q").Storable(SavedView.LongestQuery * 2), Of("order"), Of("share"));
        if (Of("do") is not "save")
        {
            return Results.LocalRedirect(ViewForm.Href(id, typed.Name.Storable(SavedView.LongestName), Asked(form, typed.Query), typed.Order, typed.Sharing));
        }

        var (sharing, team) = typed.Sharing?.Split(':') is [var with, var which] ? (with, which) : (typed.Sharing, null);
        var result = await save.Run(http.Actor(), id, new(typed.Name, typed.Query, typed.Order, sharing, team), http.RequestAborted);
        return result.Refusal is { } refusal
            ? refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict ? await Form(http, id, (refusal, typed)) : Pages.Refused(refusal)
            : Results.LocalRedirect($"/conversations?view={result.Value.Id.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Asked(IFormCollection form, string query)
    {
        int? At(string name) => int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;
        return form["add"].ToString() is { Length: > 0 } added ? ViewFields.With(query, added)
            : At("drop") is { } dropped ? ViewFields.Without(query, dropped)
            : At("turn") is { } turned ? ViewFields.Turned(query, turned)
            : form["put"].ToString() is { Length: > 0 } field && ViewFields.Typed(field, form["typed-" + field]) is { } typed ? ViewFields.With(query, typed)
            : query;
    }

    private static string SharingText(SavedView view) => view.Sharing is Sharing.Team
        ? string.Create(CultureInfo.InvariantCulture, $"team:{view.TeamId}")
        : view.Sharing.ToString().ToLowerInvariant();

    private static string? Shared(SavedView view, List<NamedRef> teams) => view.Sharing switch
    {
        Sharing.Own => null,
        Sharing.Everybody => Words.T("views.share.everybody"),
        _ => teams.Find(team => team.Id == view.TeamId) is { } team ? Words.T("views.share.team", team.Name) : Words.T("views.share.gone"),
    };
}

/// <summary>What the form for a view holds.</summary>
internal sealed record ViewTyped(string Name, string Query, string? Order, string? Sharing);
