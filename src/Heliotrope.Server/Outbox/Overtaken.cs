using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>
/// Asking whether it is resolved can wait for the customer's morning. Where there is something to do again by then, the question is overtaken: it is asked when it is
/// resolved again, and only once.
/// </summary>
internal static class Overtaken
{
    /// <summary>The kind of the mail that asks.</summary>
    private const string Asks = "confidence";

    /// <summary>Takes out of what is due whatever need not be asked any more.</summary>
    public static async Task<List<OutboxMail>> Drop(HeliotropeDb db, List<OutboxMail> due)
    {
        var left = new List<OutboxMail>(due.Count);
        foreach (var mail in due)
        {
            if (mail is { Kind: Asks, State: OutboxState.Waiting, Attempts: 0, ConversationNumber: { } number } && await Is(db, mail.Id, number))
            {
                mail.State = OutboxState.Withdrawn;
            }
            else
            {
                left.Add(mail);
            }
        }

        return left;
    }

    /// <summary>Somebody has something to do in it again, or a later mail asks the same. Thanks leave it resolved, and the question stands.</summary>
    private static async Task<bool> Is(HeliotropeDb db, long mail, long number) =>
        await db.Conversations.AnyAsync(c => c.Number == number && (c.IsSpam || c.State == ConversationState.Open || c.State == ConversationState.Snoozed))
        || await db.Outbox.AnyAsync(o => o.ConversationNumber == number && o.Kind == Asks && o.Id > mail && o.State != OutboxState.Withdrawn);
}
