using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Macros;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Segments;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Plays;

/// <summary>The pages of the manual, their forms, and what the composer asks for. All of it works without a script.</summary>
internal static class PlayEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/plays", (PlayPages plays, HttpContext http) => plays.List(http));
        desk.MapGet("/plays/new", (PlayPages plays, HttpContext http) => plays.Form(http, null, FormState.Fresh));
        desk.MapPost("/plays", (IFormCollection form, PlayPages plays, HttpContext http) => plays.Keep(http, null, form));
        var one = desk.MapGroup("/plays/{id:long}");
        one.MapGet("", (long id, PlayPages plays, HttpContext http) => plays.One(http, id));
        one.MapGet("/edit", (long id, PlayPages plays, HttpContext http) => plays.Edit(http, id));
        one.MapGet("/conversations", (long id, string? ending, string? without, long? before, PlayPages plays, HttpContext http) => plays.Behind(http, id, ending, without is "yes", before));
        one.MapPost("", (long id, IFormCollection form, PlayPages plays, HttpContext http) => plays.Keep(http, id, form));
        one.MapPost("/accept", async (long id, IFormCollection form, AcceptPlay accept, HttpContext http) =>
            (await accept.Run(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect(Address(id)), Pages.Refused));
        one.MapPost("/remove", async (long id, IFormCollection form, RemovePlay remove, HttpContext http) =>
            (await remove.Run(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect("/plays"), Pages.Refused));

        var talk = desk.MapGroup("/conversations/{number:long}");
        talk.MapPost("/entries/{entry:long}/play", async (long number, long entry, IFormCollection form, SuggestPlay suggest, HttpContext http) =>
            (await suggest.Run(http.Actor(), number, entry, http.RequestAborted)).Match(id => Results.LocalRedirect(Address(id)), Pages.Refused));

        // For the page's script, and for a button without one.
        talk.MapGet("/plays/{id:long}/fill", async (long number, long id, UsePlay use, HttpContext http) => (await use.Show(http.Actor(), number, id)).ToApi());
        talk.MapPost("/plays/{id:long}/insert", Insert).WithMetadata(DraftForm.Limit);
    }

    public static string Address(long id) => string.Create(CultureInfo.InvariantCulture, $"/plays/{id}");

    private static async Task<IResult> Insert(long number, long id, UsePlay use, AddUploads add, HttpContext http)
    {
        var (form, used) = (await DraftForm.Read(http, number), await use.Show(http.Actor(), number, id));
        if (used.Refusal is { } unknown)
        {
            return Pages.Refused(unknown);
        }

        var kept = await add.Run(http.Actor(), FillWords.Behind(form.Body, used.Value.Text) with { Plays = $"{form.Body.Plays} {id}" }, form.Age, form.Files, http.RequestAborted);
        return kept.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal) : Results.LocalRedirect($"/conversations/{number}");
    }
}

/// <summary>Reads what the pages of the manual show.</summary>
internal sealed class PlayPages(ListPlays list, WritePlay write, Store store, Pages pages)
{
    private static readonly string[] FieldNames = ["title", "driver", "mood", "segment", "steps", "words"];

    public async Task<IResult> List(HttpContext http)
    {
        var actor = http.Actor();
        return (await list.Run(actor)).Match(
            plays => Pages.Component<PlaysPage>(new
            {
                Viewer = pages.Viewer(http),
                View = new PlaysView([.. plays.Where(play => play.State is PlayState.Suggested).OrderBy(play => play.Driver?.Name ?? "", StringComparer.CurrentCulture)], [.. plays.Where(play => play.State is PlayState.InUse)], actor.MayLead, actor.MayWork),
            }),
            Pages.Refused);
    }

    public async Task<IResult> One(HttpContext http, long id) => (await list.Open(http.Actor(), id)).Match(
        play => Pages.Component<PlayPage>(new { Viewer = pages.Viewer(http), View = new PlayView(play, Markdown.ToHtml(play.Words), http.Actor().MayLead) }), Pages.Refused);

    public async Task<IResult> Behind(HttpContext http, long id, string? ending, bool without, long? before)
    {
        var (play, rows) = (await list.Open(http.Actor(), id), await list.Behind(http.Actor(), id, ending, without, before));
        if ((play.Refusal ?? rows.Refusal) is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var known = ending is not null && Ends.All.Contains(ending) ? ending : null;
        return Pages.Component<BehindPage>(new
        {
            Viewer = pages.Viewer(http),
            Title = Words.T(without ? "plays.behind.without" : "plays.behind", play.Value.Title) + (known is null ? "" : " · " + Words.T("ending." + known)),
            Section = "plays",
            Rows = rows.Value,
            Back = PlayEndpoints.Address(id),
            BackWords = play.Value.Title,
            Address = Figure(id, known, without),
        });
    }

    public async Task<IResult> Edit(HttpContext http, long id)
    {
        var opened = await list.Open(http.Actor(), id);
        if (opened.Refusal is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var play = opened.Value;
        return await Form(http, id, new(new Dictionary<string, string>(), new Dictionary<string, string>
        {
            ["title"] = play.Title,
            ["driver"] = play.Driver?.Id.ToString(CultureInfo.InvariantCulture) ?? "",
            ["mood"] = play.Mood?.ToString().ToLowerInvariant() ?? "",
            ["segment"] = play.Segment?.Id.ToString(CultureInfo.InvariantCulture) ?? "",
            ["steps"] = string.Join('\n', play.Steps),
            ["words"] = play.Words,
        }));
    }

    public async Task<IResult> Form(HttpContext http, long? id, FormState form)
    {
        var actor = http.Actor();
        if (!actor.MayWork || (id is not null && !actor.MayLead))
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var view = await store.Read(actor, async db => new PlayFormView(
            id, form, await Names.OfDrivers(db), (await ListSegments.Names(db, Core.Segments.Segment.Most)).ConvertAll(s => new NamedRef(s.Id, s.Name)), await MergeValues.Fields(db), !actor.MayLead));
        return Pages.Form<PlayFormPage>(new { Viewer = pages.Viewer(http), View = view }, form.Errors.Count > 0);
    }

    public async Task<IResult> Keep(HttpContext http, long? id, IFormCollection form)
    {
        string Typed(string name) => form[name].ToString();
        var body = new PlayBody(Typed("title"), Typed("driver"), Typed("mood"), Typed("segment"), Typed("steps").ReplaceLineEndings("\n").Split('\n'), Typed("words"));
        var written = await write.Run(http.Actor(), id, body, http.RequestAborted);
        return written.Refusal switch
        {
            null => Results.LocalRedirect(PlayEndpoints.Address(written.Value.Id)),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
            var refusal => await Form(http, id, Pages.Again(refusal, [.. FieldNames.Select(name => (name, (string?)Typed(name)))])),
        };
    }

    /// <summary>The conversations behind a number.</summary>
    public static string Figure(long id, string? ending, bool without) =>
        PlayEndpoints.Address(id) + "/conversations" + (ending, without) switch { (null, false) => "", (null, true) => "?without=yes", (_, false) => $"?ending={ending}", _ => $"?ending={ending}&without=yes" };
}
