using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Search;

/// <summary>The page of the search, and what it asks for while somebody types.</summary>
internal static class SearchEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/search", async (string? q, string? after, FindAnything find, Pages pages, HttpContext http) =>
            (await Found(find, http, q, after)).Match(view => Pages.Component<SearchPage>(new { Viewer = pages.Viewer(http), View = view }), Pages.Refused));
        desk.MapGet("/search/found", async (string? q, FindAnything find, Pages pages, HttpContext http) =>
            (await Found(find, http, q, null)).Match(view => Pages.Component<SearchResults>(new { Viewer = pages.Viewer(http), View = view }), Pages.Refused));
        desk.MapGet("/search/suggestions", async (string? q, int? at, ListSearchValues list, HttpContext http) => (await list.Run(http.Actor(), q, at)).ToApi());
    }

    /// <summary>An address that was cut off, or is of another query, shows the first page.</summary>
    private static async Task<Result<SearchView>> Found(FindAnything find, HttpContext http, string? q, string? after)
    {
        var found = await find.Run(http.Actor(), q, null, after);
        found = found.Refusal is { Code: "after.malformed" } ? await find.Run(http.Actor(), q, null, null) : found;
        return found.Match<Result<SearchView>>(
            details => new SearchView(q ?? "", string.IsNullOrWhiteSpace(q) ? null : details, http.Actor().MayWork),
            refusal => refusal);
    }
}
