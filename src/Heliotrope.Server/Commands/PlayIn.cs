using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Demo;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Replay;

namespace Heliotrope.Server.Commands;

/// <summary>Plays histories for the command line: within the running server, whose open pages fill up meanwhile, or itself when none runs.</summary>
internal static class PlayIn
{
    public static async Task<int> Run(ServerSettings settings, string[] paths, CancellationToken cancel)
    {
        var files = new List<ReplayFile>();
        foreach (var path in paths)
        {
            files.Add(new(path, await File.ReadAllTextAsync(path, cancel)));
        }

        var body = new ReplayBody(files);
        return await Either(settings, "/local/replay", body, (services, tell) => services.GetRequiredService<PlayHistories>().Run(Actor.System, body, tell, cancel), cancel);
    }

    public static Task<int> LoadDemo(ServerSettings settings, CancellationToken cancel) =>
        Either(settings, "/local/demo/load", null, (services, tell) => services.GetRequiredService<LoadDemo>().Run(Actor.System, tell, cancel), cancel);

    private static async Task<int> Either(
        ServerSettings settings, string path, ReplayBody? body, Func<IServiceProvider, Func<int, int, Task>, Task<Result<ReplaySummary>>> alone, CancellationToken cancel)
    {
        using var server = await LocalSocket.Connect(settings, cancel);
        var progress = new Progress();
        if (server is null)
        {
            await using var services = await Local.Services(settings, cancel);
            var result = await alone(services, (played, of) =>
            {
                progress.Say(played, of);
                return Task.CompletedTask;
            });
            return result.Match(Done, Refused);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } text)
        {
            switch (JsonSerializer.Deserialize<ReplayLine>(text, JsonSerializerOptions.Web))
            {
                case { Summary: { } summary }:
                    return Done(summary);
                case { Refusal: { } refusal }:
                    return Refused(refusal);
                case { } line:
                    progress.Say(line.Played, line.Of);
                    break;
            }
        }

        throw new IOException("The server ended before the history did. What was played until then is there.");
    }

    private static int Done(ReplaySummary summary)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Events} events in {summary.Conversations} conversations, {summary.Seconds:0.0} seconds{(summary.Ahead > 0 ? $"; {summary.Ahead} events lie ahead of now and were left out" : "")}"));
        return 0;
    }

    private static int Refused(Refusal refusal)
    {
        Console.Error.WriteLine($"heliotrope: {refusal.Detail} ({refusal.Code})");
        return 1;
    }

    /// <summary>Goes to standard error, so that standard output holds the answer alone.</summary>
    private sealed class Progress
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

        private long _last = Stopwatch.GetTimestamp();

        public void Say(int played, int of)
        {
            if (Stopwatch.GetElapsedTime(_last) > Pause)
            {
                _last = Stopwatch.GetTimestamp();
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{played} of {of} events"));
            }
        }
    }
}
