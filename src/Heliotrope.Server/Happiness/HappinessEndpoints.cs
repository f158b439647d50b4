using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Happiness;

/// <summary>The happiness page.</summary>
internal static class HappinessEndpoints
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/happiness", async (HappinessReport report, Pages pages, HttpContext http) =>
        Pages.Component<HappinessPage>(new { Viewer = pages.Viewer(http), View = await report.Page() }));
}
