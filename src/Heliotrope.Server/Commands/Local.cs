using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Demo;
using Heliotrope.Server.Figures;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Host = Heliotrope.Server.Platform.Host;

namespace Heliotrope.Server.Commands;

/// <summary>Does things for the command line: through the running server, so that open pages hear of it, or itself when none runs.</summary>
internal static class Local
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    public static Task<int> AddUser(ServerSettings settings, AddUserBody body, CancellationToken cancel) => Print(
        Either(settings, "/local/users", body, services => services.GetRequiredService<AddUser>().Run(Actor.System, body), cancel),
        user => $"{user.Email} can sign in as {user.Role.ToString().ToLowerInvariant()}");

    public static Task<int> AddApiKey(ServerSettings settings, AddApiKeyBody body, CancellationToken cancel) => Print(
        Either(settings, "/local/api-keys", body, services => services.GetRequiredService<AddApiKey>().Run(Actor.System, body, cancel), cancel),
        key => $"Key \"{key.Name}\" works until {key.ExpiresAt:yyyy-MM-dd}: {key.Key}");

    public static Task<int> RemoveDemo(ServerSettings settings, CancellationToken cancel) => Print(
        Either(settings, "/local/demo/remove", new { }, services => services.GetRequiredService<RemoveDemo>().Run(Actor.System, cancel), cancel),
        _ => "The demo company is gone");

    /// <summary>Counts all figures again; 1 when some differed and only a check was asked for.</summary>
    public static async Task<int> Recompute(ServerSettings settings, RecomputeBody body, CancellationToken cancel)
    {
        var differs = false;
        var done = await Print(
            Either(settings, "/local/recompute", body, services => services.GetRequiredService<Recompute>().Run(Actor.System, body, cancel), cancel),
            found =>
            {
                differs = found.Different > 0;
                return JsonSerializer.Serialize(found, Json);
            });
        return done != 0 ? done : body.Check && differs ? 1 : 0;
    }

    /// <summary>The services of a server that does not run, with the database brought up to date.</summary>
    public static async Task<ServiceProvider> Services(ServerSettings settings, CancellationToken cancel)
    {
        settings.CreateDataFolder();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        services.AddHttpContextAccessor();
        services.AddAuthentication();
        services.AddHeliotrope(settings);
        var provider = services.BuildServiceProvider();
        await Host.Prepare(provider, cancel);
        return provider;
    }

    private static async Task<Result<T>> Either<TBody, T>(ServerSettings settings, string path, TBody body, Func<IServiceProvider, Task<Result<T>>> alone, CancellationToken cancel)
    {
        using var server = await LocalSocket.Connect(settings, cancel);
        if (server is null)
        {
            await using var services = await Services(settings, cancel);
            await using var scope = services.CreateAsyncScope();
            return await alone(scope.ServiceProvider);
        }

        using var answer = await server.PostAsJsonAsync(path, body, Json, cancel);
        if (answer.IsSuccessStatusCode)
        {
            return (await answer.Content.ReadFromJsonAsync<T>(Json, cancel))!;
        }

        var problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await answer.Content.ReadFromJsonAsync<JsonObject>(cancel) : null;
        return Refusal.Invalid((string?)problem?["code"] ?? "server.failed", (string?)problem?["detail"] ?? $"The server answered {(int)answer.StatusCode}.");
    }

    private static async Task<int> Print<T>(Task<Result<T>> running, Func<T, string> words) => (await running).Match(
        value =>
        {
            Console.WriteLine(words(value));
            return 0;
        },
        refusal =>
        {
            Console.Error.WriteLine($"heliotrope: {refusal.Detail} ({refusal.Code})");
            return 1;
        });
}
