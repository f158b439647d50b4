using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Settings;

/// <summary>For how long a reply can be called back.</summary>
/// <param name="Seconds">Between 0 and 60; with 0 it leaves at once.</param>
public sealed record UndoBody(int? Seconds);

/// <summary>Sets for how many seconds a reply that was sent can be called back.</summary>
internal sealed class ChangeUndo(Store store, TimeProvider time)
{
    public const int MostSeconds = 60;

    private static readonly NumberSetting Seconds =
        new(SettingKeys.UndoSeconds, 0, MostSeconds, "undo.changed", Refusal.Invalid("seconds.out-of-range", $"The number of seconds is between 0 and {MostSeconds}.", "seconds"));

    public async Task<Result<UndoBody>> Run(Actor actor, UndoBody body, CancellationToken cancel) =>
        await Seconds.Set(store, actor, body.Seconds, time.Now(), cancel) is { } refusal ? refusal : body;

    public async Task<Result<UndoBody>> Read(Actor actor) =>
        actor.MayAdminister ? new UndoBody((await store.Read(Organisation.Of)).UndoSeconds) : Refusal.NotAllowed;

    public static void Map(IEndpointRouteBuilder api)
    {
        var undo = api.MapGroup("/settings/undo").RequireAuthorization(Policies.ApiAdmin);
        undo.MapGet("", async (ChangeUndo change, HttpContext http) => (await change.Read(http.Actor())).ToApi())
            .WithName("getUndo").WithSummary("Read for how many seconds a reply can be called back").Answers<UndoBody>();
        undo.MapPost("", async (UndoBody body, ChangeUndo change, HttpContext http) => (await change.Run(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("changeUndo").WithSummary("Set for how many seconds a reply can be called back").Answers<UndoBody>();
    }
}
