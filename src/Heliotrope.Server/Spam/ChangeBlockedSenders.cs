using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Spam;

/// <summary>Somebody whose mail is spam.</summary>
/// <param name="Address">An address, or everybody at a domain as <c>@example.org</c>.</param>
public sealed record SenderBody(string? Address);

/// <summary>Somebody whose mail goes to the spam folder.</summary>
/// <param name="Address">An address, or a domain as <c>@example.org</c>; in lower case.</param>
/// <param name="By">Who blocked them.</param>
/// <param name="At">Since when (UTC).</param>
public sealed record SenderDetails(string Address, string By, DateTimeOffset At);

/// <summary>Blocks senders and lets them through again.</summary>
internal sealed class ChangeBlockedSenders(Store store, TimeProvider time)
{
    /// <summary>All are known to intake at once; so many are no longer blocked by hand.</summary>
    public const int Most = 5_000;

    public async Task<Result<IReadOnlyList<SenderDetails>>> List(Actor actor) => actor.MayAdminister ? await store.Read(Read) : Refusal.NotAllowed;

    public Task<Result<IReadOnlyList<SenderDetails>>> Add(Actor actor, SenderBody body, CancellationToken cancel) =>
        Change(actor, body, (db, address) => Block(db, actor, address, time.Now()), cancel);

    public Task<Result<IReadOnlyList<SenderDetails>>> Remove(Actor actor, SenderBody body, CancellationToken cancel) => Change(
        actor,
        body,
        async (db, address) =>
        {
            db.BlockedSenders.RemoveRange(await db.BlockedSenders.Where(b => b.Address == address).ToListAsync(cancel));
            db.Audit.Add(AuditLine.Of(actor, "sender.unblocked", address, time.Now()));
            return null;
        },
        cancel);

    /// <summary>Blocks an address inside a transaction of the caller's.</summary>
    public static async Task<Refusal?> Block(HeliotropeDb db, Actor actor, string address, DateTimeOffset now)
    {
        if (await db.BlockedSenders.AnyAsync(b => b.Address == address))
        {
            return null;
        }

        if (await db.BlockedSenders.CountAsync() >= Most)
        {
            return new Refusal(RefusalKind.Conflict, "sender.too-many", $"{Most} senders are blocked already.", "sender");
        }

        db.BlockedSenders.Add(new() { Address = address, ByName = actor.Name, CreatedAt = now });
        db.Audit.Add(AuditLine.Of(actor, "sender.blocked", address, now));
        return null;
    }

    private async Task<Result<IReadOnlyList<SenderDetails>>> Change(Actor actor, SenderBody body, Func<HeliotropeDb, string, Task<Refusal?>> change, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (!BlockedSender.TryParse(body.Address, out var address))
        {
            return Refusal.Invalid("sender.malformed", "This is neither a mail address nor a domain such as @example.org.", "sender");
        }

        return await store.Write<Result<IReadOnlyList<SenderDetails>>>(
            async db =>
            {
                if (await change(db, address) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync(cancel);
                return await Read(db);
            },
            cancel);
    }

    private static async Task<Result<IReadOnlyList<SenderDetails>>> Read(HeliotropeDb db) =>
        await db.BlockedSenders.OrderBy(b => b.Address).Take(Most).Select(b => new SenderDetails(b.Address, b.ByName, b.CreatedAt)).ToListAsync();

    public static void Map(IEndpointRouteBuilder api)
    {
        var senders = api.MapGroup("/blocked-senders").RequireAuthorization(Policies.ApiAdmin);
        senders.MapGet("", async (ChangeBlockedSenders change, HttpContext http) => (await change.List(http.Actor())).ToApi())
            .WithName("listBlockedSenders").WithSummary("List whose mail goes to the spam folder").Answers<IReadOnlyList<SenderDetails>>();
        senders.MapPost("", async (SenderBody body, ChangeBlockedSenders change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("blockSender").WithSummary("Send somebody's mail to the spam folder").Answers<IReadOnlyList<SenderDetails>>();
        senders.MapPost("/remove", async (SenderBody body, ChangeBlockedSenders change, HttpContext http) => (await change.Remove(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("unblockSender").WithSummary("Let somebody's mail through again").Answers<IReadOnlyList<SenderDetails>>();
    }
}
