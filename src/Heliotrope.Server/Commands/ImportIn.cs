using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Server.Imports;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Commands;

/// <summary>Imports for the command line: within the running server, or itself when none runs.</summary>
internal static class ImportIn
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<int> Run(ServerSettings settings, string[] paths, ImportSource? source, bool dryRun, CancellationToken cancel)
    {
        var files = paths.SelectMany(FilesAt).ToList();
        using var server = await LocalSocket.Connect(settings, cancel);
        if (server is not null)
        {
            var remote = new Remote(server);
            return await Go(await remote.Send(HttpMethod.Post, "/local/imports", new LocalImportBody(files, source), cancel), remote.Show, remote.Start, dryRun, cancel);
        }

        await using var services = await Local.Services(settings, cancel);
        ImportWorker[] workers = [services.GetRequiredService<ImportDryRuns>(), services.GetRequiredService<ImportWorker>()];
        var list = services.GetRequiredService<ListImports>();
        return await Go(
            await services.GetRequiredService<AddImport>().Run(Actor.System, source, ImportsLocal.Streams(files), cancel),
            async (id, stop) =>
            {
                foreach (var worker in workers)
                {
                    while (await worker.Claim(stop) is { } import)
                    {
                        await worker.Work(import, stop);
                    }
                }

                return await list.Show(Actor.System, id);
            },
            (id, _) => services.GetRequiredService<StartImport>().Run(Actor.System, id),
            dryRun,
            cancel);
    }

    private static async Task<int> Go(
        Result<ImportDetails> brought, Func<long, CancellationToken, Task<Result<ImportDetails>>> show, Func<long, CancellationToken, Task<Result<ImportDetails>>> start, bool dryRun, CancellationToken cancel)
    {
        if (brought.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        var import = await Until(brought.Value.Id, show, cancel);
        if (import.State is ImportState.Ready && !dryRun)
        {
            if ((await start(import.Id, cancel)).Refusal is { } refused)
            {
                return Refused(refused);
            }

            import = await Until(import.Id, show, cancel);
        }

        Console.WriteLine(JsonSerializer.Serialize(import, Json));
        return import.State is ImportState.Ready or ImportState.Done ? 0 : 1;
    }

    /// <summary>Looks until it waits for somebody. Progress goes to standard error, so that standard output holds the answer alone.</summary>
    private static async Task<ImportDetails> Until(long id, Func<long, CancellationToken, Task<Result<ImportDetails>>> show, CancellationToken cancel)
    {
        var last = Stopwatch.GetTimestamp();
        while (true)
        {
            var import = (await show(id, cancel)).Value;
            if (import.State is not (ImportState.Reading or ImportState.Running or ImportState.Uploading))
            {
                return import;
            }

            if (Stopwatch.GetElapsedTime(last) > Pause * 2)
            {
                last = Stopwatch.GetTimestamp();
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{import.State.ToString().ToLowerInvariant()}, {import.Progress / 10}%"));
            }

            await Task.Delay(Pause, cancel);
        }
    }

    private static int Refused(Refusal refusal)
    {
        Console.Error.WriteLine($"heliotrope: {refusal.Detail} ({refusal.Code})");
        return 1;
    }

    /// <summary>A folder, such as a Maildir, is all the files in it.</summary>
    private static IEnumerable<string> FilesAt(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Path.GetFullPath)
        : [Path.GetFullPath(path)];

    private sealed class Remote(HttpClient server)
    {
        public Task<Result<ImportDetails>> Show(long id, CancellationToken cancel) => Send(HttpMethod.Get, $"/local/imports/{id}", null, cancel);

        public Task<Result<ImportDetails>> Start(long id, CancellationToken cancel) => Send(HttpMethod.Post, $"/local/imports/{id}/start", null, cancel);

        public async Task<Result<ImportDetails>> Send(HttpMethod method, string path, LocalImportBody? body, CancellationToken cancel)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json) };
            using var answer = await server.SendAsync(request, cancel);
            if (answer.IsSuccessStatusCode)
            {
                return (await answer.Content.ReadFromJsonAsync<ImportDetails>(Json, cancel))!;
            }

            var problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>(cancel) : null;
            return Refusal.Invalid((string?)problem?["code"] ?? "server.failed", (string?)problem?["detail"] ?? $"The server answered {(int)answer.StatusCode}.");
        }
    }
}
