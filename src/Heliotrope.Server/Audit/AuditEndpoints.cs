using System.Globalization;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Audit;

/// <summary>The page of the audit log.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder admin) => admin.MapGet("/audit", async (string? by, string? action, string? from, string? to, long? after, ListAudit list, Pages pages, HttpContext http) =>
    {
        var query = new AuditQuery(by, action, DayOf(from), DayOf(to), after);
        var (names, kinds) = await list.Choices(http.Actor());
        return (await list.Run(http.Actor(), query)).Match(
            page => Pages.Component<AuditPage>(new { Viewer = pages.Viewer(http), Query = query, Page = page, Names = names, Kinds = kinds }),
            Pages.Refused);
    });

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && Zone.Counts(day) ? day : null;
}
