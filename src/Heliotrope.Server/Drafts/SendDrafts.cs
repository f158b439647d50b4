using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>
/// Sends drafts whose time to be taken back is over. Sending and ending a draft are one commit, and of two processes with the same draft
/// one finds it changed: so each leaves once, also when this process is killed in between.
/// </summary>
internal sealed class SendDrafts(Store store, DraftMail mail, DraftBell bell, OutboxBell outbox, TimeProvider time, ILogger<SendDrafts> log)
    : Worker(TimeSpan.FromSeconds(5), "Drafts could not be sent", log, bell) // those of other processes, and of those that died, are found by looking
{
    private const int MostAtOnce = 50;
    private static readonly Refusal Failed = Refusal.Invalid("draft.failed", "This could not be sent, and it is our fault.");

    /// <summary>Sends what is due, and says how long to wait for the next one.</summary>
    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        var now = time.Now();
        var due = await store.Read(db => db.Drafts.Where(d => d.SendAt <= now).OrderBy(d => d.SendAt).Take(MostAtOnce).Select(d => d.Id).ToListAsync(cancel));
        foreach (var id in due)
        {
            if (await TrySend(id, now, cancel) is { } refusal)
            {
                await store.Write(db => GiveBack(db, id, refusal, now), cancel);
            }

            outbox.Ring();
        }

        if (due.Count == MostAtOnce)
        {
            return TimeSpan.Zero;
        }

        var next = await store.Read(db => db.Drafts.MinAsync(d => d.SendAt, cancel));
        return next - time.Now() is { } left && left < Every ? left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1) : Every;
    }

    private async Task<Refusal?> TrySend(long id, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            return await store.Write(db => Send(db, id, now), cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && !store.Engine.IsClash(e))
        {
            // A defect of ours in one must not keep back all that wait behind it; its author has it back, and is told.
            log.LogError(e, "A draft could not be sent; its author has it back");
            return Failed;
        }
    }

    private async Task<Refusal?> Send(HeliotropeDb db, long id, DateTimeOffset now)
    {
        if (await db.Drafts.FirstOrDefaultAsync(d => d.Id == id && d.SendAt <= now) is not { } draft)
        {
            return null; // taken back, or sent by another process
        }

        return (await mail.Send(db, draft, await AuthorOf(db, draft))).Refusal;
    }

    private static async Task<Actor> AuthorOf(HeliotropeDb db, Draft draft) => draft.UserId is { } user
        ? (await db.Users.SingleAsync(u => u.Id == user)).AsActor()
        : (await db.ApiKeys.SingleAsync(k => k.Id == draft.ApiKeyId)).AsActor();

    private static async Task<bool> GiveBack(HeliotropeDb db, long id, Refusal refusal, DateTimeOffset now)
    {
        if (await db.Drafts.FirstOrDefaultAsync(d => d.Id == id && d.SendAt <= now) is not { } draft)
        {
            return false; // taken back meanwhile, or sent by another process
        }

        draft.Stop(refusal.Code);
        if (draft.ConversationNumber is { } number && await db.Conversations.FindAsync(number) is { } conversation)
        {
            await StopLeaving.Tell(db, conversation, draft, Actor.System, now);
        }

        return true;
    }
}
