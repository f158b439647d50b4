using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Settings;

/// <summary>After how long no word is read as silence.</summary>
/// <param name="Days">Between 1 and 365.</param>
public sealed record SilenceBody(int? Days);

/// <summary>Sets after how many days without a word a conversation counts as silent (docs/method.md, A1).</summary>
internal sealed class ChangeSilence(Store store, TimeProvider time)
{
    public const int MostDays = 365;

    private static readonly NumberSetting Days =
        new(SettingKeys.SilentAfterDays, 1, MostDays, "silence.changed", Refusal.Invalid("days.out-of-range", $"The number of days is between 1 and {MostDays}.", "days"));

    public async Task<Result<SilenceBody>> Run(Actor actor, SilenceBody body, CancellationToken cancel) =>
        await Days.Set(store, actor, body.Days, time.Now(), cancel) is { } refusal ? refusal : body;

    public async Task<Result<SilenceBody>> Read(Actor actor) =>
        actor.MayAdminister ? new SilenceBody((await store.Read(Organisation.Of)).SilentAfterDays) : Refusal.NotAllowed;

    public static void Map(IEndpointRouteBuilder api)
    {
        var silence = api.MapGroup("/settings/silence").RequireAuthorization(Policies.ApiAdmin);
        silence.MapGet("", async (ChangeSilence change, HttpContext http) => (await change.Read(http.Actor())).ToApi())
            .WithName("getSilence").WithSummary("Read after how many days no word is silence").Answers<SilenceBody>();
        silence.MapPost("", async (SilenceBody body, ChangeSilence change, HttpContext http) => (await change.Run(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("changeSilence").WithSummary("Set after how many days no word is silence").Answers<SilenceBody>();
    }
}
