using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>What became of something that was sent from the desk.</summary>
/// <param name="Draft">The draft that leaves after a while; null when it has left.</param>
/// <param name="Conversation">The conversation that it is in; null while it will only begin one.</param>
internal sealed record Departing(long? Draft, long? Conversation);

/// <summary>Sends what somebody wrote, after the seconds in which it can be taken back; at once when there are none.</summary>
internal sealed class SendDraft(Store store, DraftMail mail, DraftBell bell, OutboxBell outbox, TimeProvider time)
{
    /// <summary>Within this time the same words to the same customer are the same message.</summary>
    private static readonly TimeSpan Twice = TimeSpan.FromMinutes(2);

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
        var result = await store.Write(actor, db => Write(db, actor, user, body, resolve, now), cancel);
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

        var draft = await OpenDraft.Find(db, user, body);
        if (draft is { SendAt: not null } && (draft.Kind is DraftKind.New || IsSame(draft, body)))
        {
            draft.Resolve |= resolve;
            return new Departing(draft.Id, body.Conversation); // pressed twice
        }

        if (draft is null && await JustSaid(db, user, body, resolve, now - Twice) is { } said)
        {
            return new Departing(null, said);
        }

        if (draft is null && body.Id is not null)
        {
            return OpenDraft.Sent;
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

        draft ??= OpenDraft.Begin(db, user, body);
        draft.Fill(body, now);
        draft.Resolve = resolve;
        if (await DraftMail.Check(db, draft) is { } refusal)
        {
            return refusal; // it stays as it was; the page shows what was typed
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

    private static bool IsSame(Draft draft, DraftBody body) => (draft.Text, draft.Cc, draft.Bcc) == (body.Text ?? "", body.Cc ?? "", body.Bcc ?? "");

    /// <summary>
    /// Where the same words left a moment ago and nothing was said since: whoever heard no answer, because the line broke,
    /// sends them once more and means one message.
    /// </summary>
    private static async Task<long?> JustSaid(HeliotropeDb db, long user, DraftBody body, bool resolve, DateTimeOffset since)
    {
        var (text, subject, to) = ((body.Text ?? "").Trim(), (body.Subject ?? "").Trim(), StartConversation.Address(body.Recipient ?? "")?.Value);
        var said = await (
            from entry in db.Entries.AsNoTracking()
            where entry.UserId == user && entry.Direction == Direction.Out && entry.At >= since && entry.Text == text
                && !db.Entries.Any(later => later.ConversationNumber == entry.ConversationNumber && later.Kind == EntryKind.Message && later.Id > entry.Id)
            join conversation in db.Conversations on entry.ConversationNumber equals conversation.Number
            where body.Conversation != null
                ? conversation.Number == body.Conversation
                : conversation.Subject == subject && db.CustomerAddresses.Any(a => a.CustomerId == conversation.CustomerId && a.Address == to)
            where !resolve || conversation.State == ConversationState.Resolved
            select entry).FirstOrDefaultAsync();
        return said is not null && Readers(body.Cc, body.Bcc).IsSubsetOf(Readers(said.Cc, said.Bcc)) ? said.ConversationNumber : null;
    }

    private static HashSet<EmailAddress> Readers(string? cc, string? bcc) =>
        [.. Copies.Cc([cc ?? ""]).Match(all => all, _ => []), .. Copies.Bcc([bcc ?? ""]).Match(all => all, _ => [])];
}
