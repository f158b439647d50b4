using Heliotrope.Core;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Antiforgery;

namespace Heliotrope.Server.Imports;

/// <summary>The pages of imports, for administrators.</summary>
internal sealed class ImportPages(ListImports list, ReadTable tables, ImportFiles files, Pages pages)
{
    private const string Path = "/settings/imports";

    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapGet("/imports", (ImportPages show, HttpContext http) => show.All(http, FormState.Fresh));
        settings.MapGet("/imports/{id:long}", (long id, ImportPages show, HttpContext http) => show.One(http, id, FormState.Fresh));

        // The form is checked before its first file is read: the framework would put all of it aside first.
        settings.MapPost("/imports", async (HttpContext http, AddImport add, ImportPages show, IAntiforgery forgery) =>
            await UploadForm.Begin(http, forgery) is not { } form ? Results.StatusCode(StatusCodes.Status400BadRequest)
            : await (await add.Run(http.Actor(), form.Source, form.Files(), http.RequestAborted)).Match(
                import => Task.FromResult<IResult>(Results.LocalRedirect($"{Path}/{import.Id}")),
                refusal => show.All(http, Pages.Again(refusal)))).DisableAntiforgery();
        settings.MapPost("/imports/{id:long}", async (long id, HttpContext http, MapImport map, ImportPages show) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var body = new MapImportBody(
                Enum.TryParse<ImportSource>(form["source"], out var source) && Enum.IsDefined(source) ? source : null,
                form.ContainsKey("account") ? form["account"].ToString().Trim() : null,
                form.ContainsKey("column") ? [.. form["column"].Select(name => Enum.TryParse<CsvField>(name, out var field) && Enum.IsDefined(field) ? field : CsvField.Ignored)] : null,
                form.ContainsKey("account") ? form.ContainsKey("teams") : null);
            return await show.After(http, id, await map.Run(http.Actor(), id, body), ("account", body.Account));
        });
        settings.MapPost("/imports/{id:long}/start", async (long id, HttpContext http, StartImport start, ImportPages show) => await show.After(http, id, await start.Run(http.Actor(), id)));
        settings.MapPost("/imports/{id:long}/stop", async (long id, HttpContext http, StopImport stop, ImportPages show) => await show.After(http, id, await stop.Run(http.Actor(), id)));
        settings.MapPost("/imports/{id:long}/remove", async (long id, HttpContext http, RemoveImport remove, ImportPages show) => await show.After(http, id, await remove.Run(http.Actor(), id)));
    }

    private async Task<IResult> All(HttpContext http, FormState form) => (await list.Run(http.Actor())).Match(
        imports => Pages.Form<ImportsPage>(new { Viewer = pages.Viewer(http), Imports = imports, Form = form }, again: form.Errors.Count > 0), Pages.Refused);

    private async Task<IResult> One(HttpContext http, long id, FormState form) => (await list.Show(http.Actor(), id)).Match(
        import => Pages.Form<ImportPage>(new { Viewer = pages.Viewer(http), View = import, Form = form, Head = HeadOf(import) }, again: form.Errors.Count > 0), Pages.Refused);

    /// <summary>Back to the import; a button that came too late shows how it stands now.</summary>
    private Task<IResult> After(HttpContext http, long id, Result<ImportDetails> result, params (string Name, string? Value)[] typed) => result.Refusal is { Kind: RefusalKind.Invalid } refusal
        ? One(http, id, Pages.Again(refusal, typed))
        : Task.FromResult(result.Refusal is { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } gone ? Pages.Refused(gone) : Results.LocalRedirect($"{Path}/{id}"));

    private TableHead? HeadOf(ImportDetails import) => import is { Source: ImportSource.Csv, State: ImportState.Ready, Files: [var first, ..] } && files.AreHere(import.Id) ? tables.Head(import.Id, first) : null;
}
