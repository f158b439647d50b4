using Heliotrope.Core;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>
/// The link at the foot of a mail: whoever holds it switches mail for these reasons off for whom it was sent to, and can do nothing
/// else with it. A look at it changes nothing, since mail scanners look at links; a press does, and so does the mail program's own
/// button (RFC 8058).
/// </summary>
internal sealed class SwitchOff(Store store, TimeProvider time)
{
    private static readonly Refusal Gone = new(RefusalKind.NotFound, "off.gone", "This link is unknown or older than 90 days.");

    /// <summary>What a link would switch off.</summary>
    public async Task<Result<List<Reason>>> Look(string token)
    {
        var reasons = await store.Read(db => Find(db, token));
        return reasons is null ? Gone : ReasonsOf(reasons);
    }

    /// <param name="actor">Whoever holds the link.</param>
    /// <param name="token">What was in the link.</param>
    /// <param name="cancel">Given up.</param>
    public Task<Result<List<Reason>>> Run(Actor actor, string token, CancellationToken cancel) => store.Write<Result<List<Reason>>>(
        async db =>
        {
            if (await Find(db, token) is not { } off || actor.Kind is ActorKind.ApiKey)
            {
                return Gone;
            }

            var reasons = ReasonsOf(off);
            await ChooseNotifications.MailOff(db, off.UserId, reasons, cancel);
            return reasons;
        },
        cancel);

    private async Task<NotificationOff?> Find(HeliotropeDb db, string token)
    {
        var (hash, now) = (Tokens.Hash(token), time.Now());
        return await db.NotificationOffs.FirstOrDefaultAsync(o => o.TokenHash == hash && o.ExpiresAt > now);
    }

    private static List<Reason> ReasonsOf(NotificationOff off) => [.. off.Reasons.Split(' ').Select(BecauseWords.Find).OfType<Reason>()];

    public static void Map(IEndpointRouteBuilder app)
    {
        var link = app.MapGroup("/notifications/off/{token}").AllowAnonymous().LimitRate(RateLimits.Confidence);
        link.MapGet("", async (string token, SwitchOff off, Store store) => await Shown(await off.Look(token), done: false, token, store));
        link.MapPost("", async (string token, SwitchOff off, Store store, HttpContext http) => await Shown(await off.Run(Actor.Customer(""), token, http.RequestAborted), done: true, token, store)).DisableAntiforgery();
    }

    private static async Task<IResult> Shown(Result<List<Reason>> found, bool done, string token, Store store)
    {
        var house = (await store.Read(Organisation.Of)).Name;
        return found.Match(
            reasons => Pages.Component<SwitchOffPage>(new { House = house, Reasons = (IReadOnlyList<Reason>)reasons, Done = done, Token = token }),
            refusal => Pages.Component<SwitchOffPage>(new { House = house, Reasons = (IReadOnlyList<Reason>)[], Done = false, Token = token, Gone = Words.OfRefusal(refusal) }, StatusCodes.Status404NotFound));
    }
}
