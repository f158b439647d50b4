using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>What somebody is writing, and where.</summary>
/// <param name="Kind">What it becomes.</param>
/// <param name="Conversation">Its conversation; null for a new one.</param>
/// <param name="Id">The draft of a new conversation; null for one that is not kept yet.</param>
/// <param name="Text">The words.</param>
/// <param name="Cc">Addresses, as they were typed.</param>
/// <param name="Bcc">Addresses, as they were typed.</param>
/// <param name="Recipient">Of a new conversation: to whom.</param>
/// <param name="Subject">Of a new conversation.</param>
internal sealed record DraftBody(
    DraftKind Kind, long? Conversation, long? Id, string? Text, string? Cc = null, string? Bcc = null, string? Recipient = null, string? Subject = null);

/// <summary>Keeps what somebody is writing. Of the same person's windows the newer words win, in whatever order they arrive.</summary>
internal sealed class SaveDraft(Store store, TimeProvider time)
{
    /// <summary>Longer lines of addresses or subjects are a paste by mistake.</summary>
    private const int LongestLine = 10_000;

    /// <summary>A reply that is too long is refused when it is sent; its words are kept until then.</summary>
    private const int LongestText = 4 * Conversation.MaxText;

    /// <summary>How much longer one request may take than the next: when words were typed is known no better.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(5);

    public static Refusal Sent { get; } = new(RefusalKind.Conflict, "draft.sent", "These words have been sent already.");

    /// <param name="actor">Whose draft it is.</param>
    /// <param name="body">The words.</param>
    /// <param name="age">How long ago they were typed: their window's clock is not ours.</param>
    /// <param name="cancel">Given up.</param>
    /// <returns>The draft's id; 0 when nothing is left of it.</returns>
    public async Task<Result<long>> Run(Actor actor, DraftBody body, TimeSpan age, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        var typed = time.Now() - age;
        return await store.Write(db => Write(db, user, body, typed), cancel);
    }

    private static async Task<Result<long>> Write(HeliotropeDb db, long user, DraftBody body, DateTimeOffset typed)
    {
        var (draft, refusal) = await Open(db, user, body, typed);
        if (refusal is not null)
        {
            return refusal;
        }

        if (draft is not null && IsNewer(draft, body, typed))
        {
            return new Refusal(RefusalKind.Conflict, "draft.newer", "Newer words of yours are kept already.");
        }

        if (IsEmpty(body) && (draft is null || !await db.Uploads.AnyAsync(u => u.DraftId == draft.Id)))
        {
            if (draft is not null)
            {
                db.Drafts.Remove(draft);
            }

            return 0;
        }

        draft ??= Begin(db, user, body);
        Fill(draft, body, typed);
        await db.SaveChangesAsync(); // the id
        return draft.Id;
    }

    /// <summary>The draft that may be written into, null where none is begun; or why none may.</summary>
    public static async Task<(Draft? Draft, Refusal? Refusal)> Open(HeliotropeDb db, long user, DraftBody body, DateTimeOffset typed)
    {
        if (body.Conversation is { } number && !await db.Conversations.AnyAsync(c => c.Number == number))
        {
            return (null, Refusal.NoConversation(number));
        }

        var draft = await Find(db, user, body);
        return draft switch
        {
            { SendAt: not null } => (null, new Refusal(RefusalKind.Conflict, "draft.leaving", "What was written before is leaving; try again in a moment.")),
            null when body.Id is not null || (!IsEmpty(body) && await HasSaid(db, user, body, typed)) => (null, Sent),
            _ => (draft, null),
        };
    }

    public static Draft Begin(HeliotropeDb db, long user, DraftBody body) => db.Drafts.Add(new() { ConversationNumber = body.Conversation, UserId = user, Kind = body.Kind }).Entity;

    /// <summary>Whether what is kept was typed after these words, in another window.</summary>
    public static bool IsNewer(Draft draft, DraftBody body, DateTimeOffset typed) => draft.UpdatedAt - typed > OnTheWay && draft.Text != body.Text;

    public static bool IsEmpty(DraftBody body) => string.IsNullOrWhiteSpace(body.Text + body.Recipient + body.Subject);

    /// <summary>The draft that somebody is writing, or that is leaving.</summary>
    public static Task<Draft?> Find(HeliotropeDb db, long user, DraftBody body) => body.Kind is DraftKind.New
        ? db.Drafts.FirstOrDefaultAsync(d => d.Id == body.Id && d.UserId == user && d.Kind == DraftKind.New)
        : db.Drafts.FirstOrDefaultAsync(d => d.ConversationNumber == body.Conversation && d.UserId == user && d.Kind == body.Kind);

    public static void Fill(Draft draft, DraftBody body, DateTimeOffset typed)
    {
        draft.Text = (body.Text ?? "").Storable(LongestText);
        draft.Cc = (body.Cc ?? "").Storable(LongestLine);
        draft.Bcc = (body.Bcc ?? "").Storable(LongestLine);
        draft.Recipient = (body.Recipient ?? "").Storable(LongestLine);
        draft.Subject = (body.Subject ?? "").Storable(LongestLine);
        draft.Refused = "";
        draft.UpdatedAt = typed;
        draft.Version++;
    }

    /// <summary>A save that was under way while its words were sent must not bring them back.</summary>
    private static Task<bool> HasSaid(HeliotropeDb db, long user, DraftBody body, DateTimeOffset typed)
    {
        var kind = body.Kind is DraftKind.Note ? EntryKind.Note : EntryKind.Message;
        return db.Entries.AnyAsync(e => e.ConversationNumber == body.Conversation && e.UserId == user && e.Kind == kind && e.At >= typed);
    }
}
