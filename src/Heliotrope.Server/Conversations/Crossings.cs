using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Asks the conversation whether words would cross with others, in the transaction that sends them: its version makes two at once come one after the other.</summary>
internal static class Crossings
{
    /// <summary>Of more than these the newest are enough to say no.</summary>
    private const int Most = 50;

    /// <summary>Null when the writer has seen everything, or when nobody says what they have seen.</summary>
    public static async Task<Refusal?> Check(HeliotropeDb db, long number, long? seen, long? writer) =>
        await Unseen(db, number, seen, writer) is [.., var newest] ? Crossing.By(newest.Name) : null;

    /// <summary>What the writer has not seen, oldest first.</summary>
    public static async Task<IReadOnlyList<Heard>> Unseen(HeliotropeDb db, long number, long? seen, long? writer)
    {
        if (seen is not { } last)
        {
            return [];
        }

        var messages = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Message && e.Id > last)
            .OrderByDescending(e => e.Id).Take(Most).Select(e => new Heard(e.Id, e.Direction!.Value, e.Author, e.UserId, e.FromName)).ToListAsync();
        return Crossing.Unseen(messages, last, writer);
    }

    /// <summary>The newest message of a conversation; 0 while there is none.</summary>
    public static async Task<long> Newest(HeliotropeDb db, long number) =>
        await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Message).MaxAsync(e => (long?)e.Id) ?? 0;
}
