using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Replay;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Demo;

/// <summary>The demo company.</summary>
/// <param name="State">none, loading, loaded or unfinished.</param>
public sealed record DemoDetails(DemoState State);

/// <summary>Plays the demo company in: a quarter of a year at a company that sells coffee, everybody in it invented.</summary>
internal sealed class LoadDemo(PlayHistories play, Store store, TimeProvider time)
{
    private const string Folder = "Demo/";

    public async Task<Result<ReplaySummary>> Run(Actor actor, Func<int, int, Task> tell, CancellationToken cancel)
    {
        var played = await play.Run(actor, new(Files()), tell, cancel);
        if (played.Refusal is null)
        {
            await store.Write(db => DemoMacros.Write(db, time.Now()), cancel);
            await store.Write(db => DemoRules.Write(db, time.Now()), cancel);
            await store.Write(db => DemoPlays.Write(db, time.Now()), cancel);
            await store.Write(db => DemoLifeEvents.Write(db, time.Now()), cancel);
        }

        return played;
    }

    public async Task<Result<DemoDetails>> Show(Actor actor) => actor.MayAdminister ? new DemoDetails(await store.Read(db => DemoStates.Of(db, time.Now()))) : Refusal.NotAllowed;

    /// <summary>The stories as they were built in, the company first.</summary>
    public static IReadOnlyList<ReplayFile> Files()
    {
        var assembly = typeof(LoadDemo).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return new ReplayFile(name[Folder.Length..], reader.ReadToEnd());
        })];
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/demo", async (LoadDemo load, HttpContext http) => (await load.Show(http.Actor())).ToApi())
            .RequireAuthorization(Policies.ApiAdmin).WithName("showDemo").WithSummary("Say whether the demo company is here").Answers<DemoDetails>();
        api.MapPost("/demo/load", async (DemoLoader loader, HttpContext http) => (await loader.Begin(http.Actor(), http.RequestAborted)).ToApi())
            .RequireAuthorization(Policies.ApiAdmin).WithName("loadDemo").WithSummary("Begin to play the demo company in")
            .WithDescription("Answers as soon as it has begun. Nothing of the demo company ever leaves the server.").Answers<DemoDetails>();
    }
}
