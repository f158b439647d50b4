using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Happiness;

/// <summary>The happiness page, and its table for a spreadsheet.</summary>
internal static class HappinessEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/happiness", async (string? team, string? driver, string? channel, string? by, HappinessScreen screen, Pages pages, HttpContext http) =>
            Pages.Component<HappinessPage>(new { Viewer = pages.Viewer(http), View = await screen.Page(http.Actor(), FigureFilter.Of(team, driver, channel), by) }));
        desk.MapGet("/happiness.csv", (DateOnly? from, DateOnly? to, string? team, string? driver, string? channel, HappinessCsv csv, HttpContext http) =>
            csv.Run(http.Actor(), from, to, FigureFilter.Of(team, driver, channel)).Match<IResult>(table => table, Pages.Refused));
    }
}
