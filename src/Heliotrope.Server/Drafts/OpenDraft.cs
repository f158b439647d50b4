using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
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
/// <param name="Promises">The words of the promises that were accepted.</param>
/// <param name="Remarks">The names of the remarks that were shown, with spaces between.</param>
/// <param name="Quotes">Of a forward: the messages that it quotes, by their ids with spaces between.</param>
/// <param name="Carried">Of a forward: the files of the conversation that go along, in the same form.</param>
/// <param name="Macros">The macros that were used in it, in the same form.</param>
/// <param name="Plays">The plays that it is written with, in the same form.</param>
/// <param name="Offered">The next questions that were offered beside it, by their drivers' ids, in the same form.</param>
/// <param name="Answered">Those of them whose answers were put in.</param>
/// <param name="From">Of a new conversation: the address of ours that it leaves from; null for the usual one.</param>
/// <param name="Seen">The last entry that the writer saw; null where nobody says.</param>
/// <param name="Knows">The replies of colleagues that the writer saw leaving: their drafts' ids, with spaces between.</param>
internal sealed record DraftBody(
    DraftKind Kind, long? Conversation, long? Id, string? Text, string? Cc = null, string? Bcc = null, string? Recipient = null, string? Subject = null,
    IReadOnlyList<string>? Promises = null, string? Remarks = null, long? Seen = null, string? Knows = null,
    string? Quotes = null, string? Carried = null, string? Macros = null, string? Plays = null, string? Offered = null, string? Answered = null, string? From = null)
{
    /// <summary>Nothing was typed.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text + Recipient + Subject);
}

/// <summary>Finds the draft that words belong to.</summary>
internal static class OpenDraft
{
    public static Refusal Sent { get; } = new(RefusalKind.Conflict, "draft.sent", "These words have been sent already.");

    /// <summary>The draft that somebody is writing, or that is leaving.</summary>
    public static Task<Draft?> Find(HeliotropeDb db, long user, DraftBody body) => body.Kind is DraftKind.New
        ? db.Drafts.FirstOrDefaultAsync(d => d.Id == body.Id && d.UserId == user && d.Kind == DraftKind.New)
        : db.Drafts.FirstOrDefaultAsync(d => d.ConversationNumber == body.Conversation && d.UserId == user && d.Kind == body.Kind && !d.Apart);

    /// <summary>The draft that may be written into, null where none is begun; or why none may.</summary>
    public static async Task<(Draft? Draft, Refusal? Refusal)> ToWrite(HeliotropeDb db, long user, DraftBody body, DateTimeOffset typed)
    {
        if (body.Conversation is { } number && !await db.Conversations.AnyAsync(c => c.Number == number))
        {
            return (null, Refusal.NoConversation(number));
        }

        var draft = await Find(db, user, body);
        return draft switch
        {
            { SendAt: not null } => (null, new Refusal(RefusalKind.Conflict, "draft.leaving", "What was written before is leaving; try again in a moment.")),
            null when body.Id is not null || (!body.IsEmpty && await HasSaid(db, user, body, typed)) => (null, Sent),
            _ => (draft, null),
        };
    }

    public static Draft Begin(HeliotropeDb db, long user, DraftBody body) =>
        db.Drafts.Add(new() { ConversationNumber = body.Conversation, UserId = user, Kind = body.Kind }).Entity;

    /// <summary>A save that was under way while its words were sent must not bring them back. Other words, typed while those were waiting to leave, are new.</summary>
    private static async Task<bool> HasSaid(HeliotropeDb db, long user, DraftBody body, DateTimeOffset typed)
    {
        var (kind, waited) = body.Kind is DraftKind.Note ? (EntryKind.Note, TimeSpan.Zero) : (EntryKind.Message, TimeSpan.FromSeconds((await Organisation.Of(db)).UndoSeconds));
        var said = await db.Entries.Where(e => e.ConversationNumber == body.Conversation && e.UserId == user && e.Kind == kind && e.At >= typed).Select(e => new { e.At, e.Text }).ToListAsync();
        return said.Exists(e => e.At - waited >= typed || e.Text.StartsWith((body.Text ?? "").Trim(), StringComparison.Ordinal));
    }
}
