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

    public async Task<Result<Departing>> Run(Actor actor, DraftBody body, bool resolve, CancellationToken cancel, DateTimeOffset? later = null)
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
        var result = await store.Write(actor, db => Write(db, actor, user, body, resolve, later, now), cancel);
        bell.Ring();
        outbox.Ring();
        return result;
    }

    private async Task<Result<Departing>> Write(HeliotropeDb db, Actor actor, long user, DraftBody body, bool resolve, DateTimeOffset? later, DateTimeOffset now)
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

        if (draft is null && (await JustSaid(db, user, body, resolve, now - Twice) ?? await JustPutOff(db, user, body, now - Twice)) is { } said)
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
            const string before = "before";
            await db.Database.CurrentTransaction!.CreateSavepointAsync(before);
            if ((await mail.Send(db, draft, actor)).Refusal is { } refused)
            {
                await db.Database.CurrentTransaction.RollbackToSavepointAsync(before);
                db.ChangeTracker.Clear();
                (await db.Drafts.SingleAsync(d => d.Id == draft.Id)).Stop(refused.Code);
                await db.SaveChangesAsync(); // the next one takes its place
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

        if (draft is { Kind: DraftKind.Reply, ConversationNumber: not null } && (await DraftMail.Chosen(db, draft, actor)).Refusal is { } undoable)
        {
            return undoable;
        }

        var undo = (await Organisation.Of(db)).UndoSeconds;
        if (draft is { Kind: DraftKind.Reply, ConversationNumber: { } within } && (await Crossings.Check(db, within, body.Seen, user) ?? await Leaving(db, draft, within, now.AddSeconds(undo))) is { } crossed)
        {
            return crossed;
        }

        if (later is { } at && draft.ConversationNumber is not null)
        {
            draft.LeaveApart(at);
            await db.SaveChangesAsync(); // the id
            return new Departing(draft.Id, body.Conversation);
        }

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

    /// <summary>A colleague's reply that leaves within the seconds in which it can be taken back, and that the writer has not been shown.</summary>
    private static async Task<Refusal?> Leaving(HeliotropeDb db, Draft draft, long number, DateTimeOffset soon)
    {
        var known = Draft.Ids(draft.Knows);
        var other = await db.Drafts.Where(d => d.ConversationNumber == number && d.Kind == DraftKind.Reply && d.SendAt <= soon && d.UserId != draft.UserId && !known.Contains(d.Id))
            .Join(db.Users, d => d.UserId, u => u.Id, (_, u) => u.Name).FirstOrDefaultAsync();
        return other is null ? null : Crossing.By(other);
    }

    /// <summary>The same for words that leave later: they wait already.</summary>
    private static async Task<long?> JustPutOff(HeliotropeDb db, long user, DraftBody body, DateTimeOffset since)
    {
        var text = body.Text ?? "";
        return await db.Drafts.Where(d => d.ConversationNumber == body.Conversation && d.UserId == user && d.Kind == body.Kind && d.Apart && d.SendAt != null && d.UpdatedAt >= since && d.Text == text)
            .Select(d => d.ConversationNumber).FirstOrDefaultAsync();
    }

    private static bool IsSame(Draft draft, DraftBody body) => (draft.Text, draft.Cc, draft.Bcc, draft.Recipient) == (body.Text ?? "", body.Cc ?? "", body.Bcc ?? "", body.Recipient ?? "");

    /// <summary>
    /// Where the same words left a moment ago and nothing was said since: whoever heard no answer, because the line broke,
    /// sends them once more and means one message.
    /// </summary>
    private static async Task<long?> JustSaid(HeliotropeDb db, long user, DraftBody body, bool resolve, DateTimeOffset since)
    {
        var forwarded = body.Kind is DraftKind.Forward ? Copies.Forward([body.Recipient ?? ""]).Match(all => string.Join(", ", all.Select(address => address.Value)), _ => "") : "";
        var (text, subject, to) = ((body.Text ?? "").Trim(), (body.Subject ?? "").Trim(), StartConversation.Address(body.Recipient ?? "")?.Value);
        var said = await (
            from entry in db.Entries.AsNoTracking()
            where entry.UserId == user && entry.Direction == Direction.Out && entry.ForwardedTo == forwarded && entry.At >= since && entry.Text == text
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
