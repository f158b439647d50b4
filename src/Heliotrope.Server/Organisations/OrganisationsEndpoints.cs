using Heliotrope.Core;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Organisations;

/// <summary>The pages of organisations, and their forms.</summary>
internal static class OrganisationsEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/organisations", (string? q, long? after, ListOrganisations list, Pages pages, HttpContext http) => List(list, pages, http, q, after, null));
        desk.MapPost("/organisations", async (ListOrganisations list, ChangeOrganisation change, Pages pages, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var made = await change.Add(http.Actor(), Read(form), http.RequestAborted);
            return made.Refusal switch
            {
                null => Results.LocalRedirect($"/organisations/{made.Value.Id}"),
                { Kind: RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
                var refusal => await List(list, pages, http, null, null, Again(refusal, form)),
            };
        });
        var one = desk.MapGroup("/organisations/{id:long}");
        one.MapGet("", (long id, string? after, ListOrganisations list, ListCustomers customers, Pages pages, HttpContext http) => Show(list, customers, pages, http, id, after, null));
        one.MapPost("", async (long id, ListOrganisations list, ListCustomers customers, ChangeOrganisation change, Pages pages, HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var changed = await change.Run(http.Actor(), id, Read(form), http.RequestAborted);
            return changed.Refusal switch
            {
                null => Results.LocalRedirect($"/organisations/{id}"),
                { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
                var refusal => await Show(list, customers, pages, http, id, null, Again(refusal, form)),
            };
        });
        one.MapPost("/remove", async (long id, ChangeOrganisation change, HttpContext http) =>
            (await change.Remove(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect("/organisations"), Pages.Refused));
    }

    private static async Task<IResult> List(ListOrganisations list, Pages pages, HttpContext http, string? search, long? after, FormState? form) => (await list.Run(http.Actor(), search, after)).Match(
        page => Pages.Form<OrganisationsPage>(new { Viewer = pages.Viewer(http), Page = page, Search = search ?? "", http.Actor().MayWork, Form = form }, form is not null),
        Pages.Refused);

    private static async Task<IResult> Show(ListOrganisations list, ListCustomers customers, Pages pages, HttpContext http, long id, string? after, FormState? form)
    {
        var (found, people) = (await list.Open(http.Actor(), id), await customers.Run(http.Actor(), new(Organisation: id, After: after)));
        return (found.Refusal ?? people.Refusal) is { } refusal
            ? Pages.Refused(refusal)
            : Pages.Form<OrganisationPage>(new { Viewer = pages.Viewer(http), Organisation = found.Value, People = people.Value, http.Actor().MayWork, Form = form }, form is not null);
    }

    private static OrganisationBody Read(IFormCollection form) => new(
        form["name"].ToString(),
        form["domains"].ToString().Split(['\n', ',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        form["notes"].ToString(),
        form.Where(f => f.Key.StartsWith("field-", StringComparison.Ordinal)).ToDictionary(f => f.Key["field-".Length..], f => (string?)f.Value.ToString(), StringComparer.Ordinal));

    private static FormState Again(Refusal refusal, IFormCollection form) =>
        Pages.Again(refusal, [.. form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).Select(f => (f.Key, (string?)f.Value.ToString()))]);
}
