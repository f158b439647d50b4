using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Macros;

/// <summary>The pages of the macros, their forms, and what the composer asks for.</summary>
internal static class MacroEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/macros", (Screen screen, HttpContext http) => screen.List(http));
        desk.MapGet("/macros/new", (Screen screen, HttpContext http) => screen.Form(http, null, FormState.Fresh, []));
        desk.MapPost("/macros", (Screen screen, WriteMacro write, HttpContext http) => Write(http, null, write, screen));
        var one = desk.MapGroup("/macros/{id:long}");
        one.MapGet("", (long id, Screen screen, HttpContext http) => screen.Open(http, id));
        one.MapPost("", (long id, Screen screen, WriteMacro write, HttpContext http) => Write(http, id, write, screen));
        one.MapPost("/remove", async (long id, RemoveMacro remove, HttpContext http) => (await remove.Run(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect("/macros"), Pages.Refused));

        // For the page's script, and for a button without one.
        desk.MapGet("/conversations/{number:long}/macros/{id:long}/fill", async (long number, long id, UseMacro use, HttpContext http) => (await use.Show(http.Actor(), number, id)).ToApi());
        desk.MapPost("/conversations/{number:long}/macros/{id:long}/insert", Insert).WithMetadata(DraftForm.Limit);
    }

    /// <summary>Puts the words behind those that are written, and keeps both.</summary>
    private static async Task<IResult> Insert(long number, long id, UseMacro use, AddUploads add, HttpContext http)
    {
        var (form, used) = (await DraftForm.Read(http, number), await use.Show(http.Actor(), number, id));
        if (used.Refusal is { } unknown)
        {
            return Pages.Refused(unknown);
        }

        var text = string.Join("\n\n", new[] { (form.Body.Text ?? "").TrimEnd(), used.Value.Text }.Where(words => words.Length > 0));
        var kept = await add.Run(http.Actor(), form.Body with { Text = text, Macros = $"{form.Body.Macros} {id}" }, form.Age, form.Files, http.RequestAborted);
        return kept.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal) : Results.LocalRedirect($"/conversations/{number}");
    }

    private static async Task<IResult> Write(HttpContext http, long? id, WriteMacro write, Screen screen)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var acts = form["act"].Zip(form["value"], (kind, value) => new ActBody(kind, value)).Where(act => !string.IsNullOrEmpty(act.Kind)).ToList();
        var whom = form["for"].ToString();
        var texts = LanguageGuess.Languages.ToDictionary(language => language, language => (string?)form[$"text-{language}"]);
        var written = await write.Run(http.Actor(), id, new(form["name"], form["text"], texts, acts, whom == "own", whom is "own" or "all" ? null : whom, form["brand"]), http.RequestAborted);
        if (written.Refusal is not { } refusal)
        {
            return Results.LocalRedirect("/macros");
        }

        (string, string?)[] typed = [("name", form["name"]), ("text", form["text"]), ("for", whom), ("brand", form["brand"]), .. texts.Select(each => ($"text-{each.Key}", each.Value))];
        return refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden
            ? Pages.Refused(refusal)
            : await screen.Form(http, id, Pages.Again(refusal.Field is { } field && field.StartsWith("acts", StringComparison.Ordinal) ? refusal with { Field = "acts" } : refusal, typed), acts);
    }

    /// <summary>Shows the pages.</summary>
    internal sealed class Screen(ListMacros list, Store store, Pages pages)
    {
        public async Task<IResult> List(HttpContext http)
        {
            var actor = http.Actor();
            var book = await store.Read(actor, ActBook.Of);
            return (await list.Run(actor)).Match(
                macros => Pages.Component<MacrosPage>(new { Viewer = pages.Viewer(http), View = new MacrosView([.. macros.Select(macro => new MacroRow(macro, Described(macro, book), macro.Own || actor.MayLead))]) }),
                Pages.Refused);
        }

        public async Task<IResult> Open(HttpContext http, long id)
        {
            var opened = await list.Open(http.Actor(), id);
            if (opened.Refusal is { } refusal)
            {
                return Pages.Refused(refusal);
            }

            var macro = opened.Value;
            var values = macro.Texts.ToDictionary(each => $"text-{each.Key}", each => each.Value);
            (values["name"], values["text"], values["for"]) = (macro.Name, macro.Text, macro.Own ? "own" : macro.Team is { } team ? team.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) : "all");
            values["brand"] = macro.Brand?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
            return await Form(http, id, new(new Dictionary<string, string>(), values), macro.Acts);
        }

        public async Task<IResult> Form(HttpContext http, long? id, FormState form, IReadOnlyList<ActBody> acts)
        {
            var actor = http.Actor();
            if (!actor.MayWork || (id is not null && !actor.MayLead && form.Value("for") != "own"))
            {
                return Pages.Refused(Refusal.NotAllowed);
            }

            var (names, fields, brands) = await store.Read(actor, async db => (await Names.Of(db), await MergeValues.Fields(db), await BrandNames.Of(db)));
            return Pages.Form<MacroFormPage>(new { Viewer = pages.Viewer(http), View = new MacroFormView(id, form, acts, [.. names.Teams], actor.MayLead, fields) { Brands = brands } }, form.Errors.Count > 0);
        }

        private static IReadOnlyList<string> Described(MacroDetails macro, ActBook book) =>
            ActBodies.Read([.. macro.Acts], ActUse.Macro).Match<IReadOnlyList<string>>(acts => [.. acts.Select(act => ActWords.Describe(act, book))], _ => []);
    }
}
