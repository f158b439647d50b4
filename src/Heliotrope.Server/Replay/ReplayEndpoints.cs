using System.Text.Json;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Http.Features;

namespace Heliotrope.Server.Replay;

/// <summary>What the command line hears while a history is played: how far it is, and at last one of the other two.</summary>
/// <param name="Played">How many events have been played.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Summary">It is done.</param>
/// <param name="Refusal">It was refused, or stopped.</param>
internal sealed record ReplayLine(int Played, int Of, ReplaySummary? Summary = null, Refusal? Refusal = null);

/// <summary>Histories for the command line on the same machine, answered with a line of JSON as it goes on.</summary>
internal static class ReplayEndpoints
{
    /// <summary>Far more than any history that people wrote, and little enough to be held.</summary>
    private const long LargestBody = 64 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder local) => local.MapPost("/replay", (HttpContext http, PlayHistories play) =>
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestBody;
        return Answer(http, async tell =>
        {
            var body = await http.Request.ReadFromJsonAsync<ReplayBody>(http.RequestAborted);
            return await play.Run(http.Actor(), body!, tell, http.RequestAborted);
        });
    });

    public static async Task Answer(HttpContext http, Func<Func<int, int, Task>, Task<Result<ReplaySummary>>> run)
    {
        http.Response.ContentType = "application/x-ndjson";
        var (played, of) = (0, 0);
        var result = await run(async (done, all) =>
        {
            (played, of) = (done, all);
            if (done % 10 == 0)
            {
                await Line(new(done, all));
            }
        });
        await Line(result.Match(summary => new ReplayLine(played, of, summary), refusal => new ReplayLine(played, of, Refusal: refusal)));

        async Task Line(ReplayLine line)
        {
            await http.Response.WriteAsync(JsonSerializer.Serialize(line, JsonSerializerOptions.Web) + "\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
