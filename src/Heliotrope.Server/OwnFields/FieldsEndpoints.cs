using Heliotrope.Core;
using Heliotrope.Core.OwnFields;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.OwnFields;

/// <summary>The page where fields are made, and its forms.</summary>
internal static class FieldsEndpoints
{
    public static void Map(IEndpointRouteBuilder settings)
    {
        var fields = settings.MapGroup("/fields");
        fields.MapGet("", (ChangeFields change, Pages pages, HttpContext http) => Show(change, pages, http, "", null));
        fields.MapPost("", async (ChangeFields change, Pages pages, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await After(await change.Add(http.Actor(), Read(form), http.RequestAborted), change, pages, http, "new", form);
        });
        fields.MapPost("/{id:long}", async (long id, ChangeFields change, Pages pages, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await After(await change.Rename(http.Actor(), id, Read(form), http.RequestAborted), change, pages, http, $"field-{id}", form);
        });
        fields.MapPost("/{id:long}/remove", async (long id, ChangeFields change, HttpContext http) =>
            (await change.Remove(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect("/settings/fields"), Pages.Refused));
    }

    private static async Task<IResult> After(Result<IReadOnlyList<OwnFieldDetails>> changed, ChangeFields change, Pages pages, HttpContext http, string section, IFormCollection form) => changed.Refusal switch
    {
        null => Results.LocalRedirect("/settings/fields"),
        { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
        var refusal => await Show(change, pages, http, section, Pages.Again(refusal, [.. form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).Select(f => (f.Key, (string?)f.Value.ToString()))])),
    };

    private static async Task<IResult> Show(ChangeFields change, Pages pages, HttpContext http, string section, FormState? form) => (await change.List(http.Actor())).Match(
        fields => Pages.Form<FieldsPage>(new { Viewer = pages.Viewer(http), Fields = fields, Section = section, Form = form }, form is not null),
        Pages.Refused);

    private static FieldBody Read(IFormCollection form) => new(
        Enum.TryParse<FieldTarget>(form["target"], ignoreCase: true, out var target) && Enum.IsDefined(target) ? target : null,
        Enum.TryParse<FieldKind>(form["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
        form["name"].ToString(),
        form["choices"].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
