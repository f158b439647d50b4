using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Drafts;

/// <summary>What became of something that was sent from the desk.</summary>
/// <param name="Draft">The draft that leaves after a while; null when it has left.</param>
/// <param name="Conversation">The conversation that it is in; null while it will only begin one.</param>
internal sealed record Departing(long? Draft, long? Conversation);

/// <summary>Sends what somebody wrote, after the seconds in which it can be taken back; at once when there are none.</summary>
internal sealed class SendDraft(Store store, DraftMail mail, DraftBell bell, OutboxBell outbox, TimeProvider time)
{
    public async Task<Result<Departing>> Run(Actor actor, DraftBody body, bool resolve, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        // Words among colleagues never become mail, whatever a form says.
        if (body.Kind is DraftKind.Note)
        {
            return Refusal.Invalid("draft.note", "A note is for colleagues and is not sent.", "text");
        }

        var now = time.Now();
        var result = await store.Write(db => Write(db, actor, user, body, resolve, now), cancel);
        bell.Ring();
        outbox.Ring();
        return result;
    }

    private async Task<Result<Departing>> Write(HeliotropeDb db, Actor actor, long user, DraftBody body, bool resolve, DateTimeOffset now)
    {
        if (body.Conversation is { } number && await db.Conversations.FindAsync(number) is null)
        {
            return Refusal.NoConversation(number);
        }

        var draft = await SaveDraft.Find(db, user, body);
        if (draft is null && body is { Kind: DraftKind.New, Id: not null })
        {
            return new Refusal(RefusalKind.Conflict, "draft.sent", "This has left already.");
        }

        if (draft is { SendAt: not null, Kind: DraftKind.New })
        {
            return new Departing(draft.Id, null); // pressed twice
        }

        if (draft is { SendAt: not null })
        {
            // Whoever sends the next one has done with undoing the one before.
            if ((await mail.Send(db, draft, actor)).Refusal is { } refused)
            {
                return refused;
            }

            draft = null;
        }

        draft ??= db.Drafts.Add(new() { ConversationNumber = body.Conversation, UserId = user, Kind = body.Kind }).Entity;
        SaveDraft.Fill(draft, body, now);
        draft.Resolve = resolve;
        if (await DraftMail.Check(db, draft) is { } refusal)
        {
            db.ChangeTracker.Clear(); // it stays as it was; the page shows what was typed
            return refusal;
        }

        var undo = (await Organisation.Of(db)).UndoSeconds;
        if (undo == 0)
        {
            await db.SaveChangesAsync();
            var sent = await mail.Send(db, draft, actor);
            return sent.Refusal is { } no ? no : new Departing(null, sent.Value);
        }

        draft.SendAt = now.AddSeconds(undo);
        await db.SaveChangesAsync(); // the id
        return new Departing(draft.Id, body.Conversation);
    }
}
