using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Channels;

/// <summary>
/// Which conversation a mail belongs to. Trusted are: our signed address, and the Message-ID of mail that we sent, which only
/// those who received it know. The Message-ID of a customer's own mail or of an imported one, and Outlook's mark of a thread, are trusted from that customer
/// only. Numbers in subjects are never looked at (docs/decisions/0008).
/// </summary>
internal static class Threading
{
    /// <summary>A longer list of references is no thread anybody follows.</summary>
    private const int MostReferences = 60;

    public static async Task<Conversation?> Find(HeliotropeDb db, PreparedMail mail, long? customerId, Organisation organisation)
    {
        if (await BySignedAddress(db, mail, organisation) is { } signed)
        {
            return signed;
        }

        // A bounce or a complaint names the mail that it is about in what it returns of it.
        var message = mail.Message;
        string?[] returned = [message.Bounce?.MessageId, message.Feedback?.MessageId];
        var ids = returned.OfType<string>().Concat(message.Ancestors).Distinct().Take(MostReferences).ToList();
        var number = (ids.Count > 0 ? await ById(db, ids, customerId) : null) ?? await ByThreadIndex(db, message.ThreadIndex, customerId);
        return number is null ? null : await db.Conversations.FindAsync(number);
    }

    private static async Task<long?> ById(HeliotropeDb db, List<string> ids, long? customerId)
    {
        var ours = await db.Outbox.Where(o => ids.Contains(o.MessageId)).Select(o => new { o.MessageId, o.ConversationNumber }).ToListAsync();
        var theirs = await db.Entries
            .Where(e => ids.Contains(e.MessageId!)) // also answers of ours that were given elsewhere, before an import
            .Join(db.Conversations.Where(c => c.CustomerId == customerId), e => e.ConversationNumber, c => c.Number, (e, _) => new { e.MessageId, e.ConversationNumber })
            .Take(MostReferences)
            .ToListAsync();

        // The nearest ancestor decides: ids are in that order.
        return ids.Select(id => ours.Find(o => o.MessageId == id)?.ConversationNumber ?? theirs.Find(t => t.MessageId == id)?.ConversationNumber)
            .FirstOrDefault(n => n is not null);
    }

    /// <summary>Where ids were lost on the way, Outlook's mark tells what a mail answers; the first of a thread answers nothing.</summary>
    private static async Task<long?> ByThreadIndex(HeliotropeDb db, ThreadIndex? index, long? customerId) => index is { Depth: > 0, Conversation: var thread } && customerId is not null
        ? await db.Entries.Where(e => e.ThreadIndex == thread)
            .Join(db.Conversations.Where(c => c.CustomerId == customerId), e => e.ConversationNumber, c => c.Number, (e, _) => e)
            .OrderByDescending(e => e.Id).Select(e => (long?)e.ConversationNumber).FirstOrDefaultAsync()
        : null;

    private static async Task<Conversation?> BySignedAddress(HeliotropeDb db, PreparedMail mail, Organisation organisation)
    {
        var addresses = mail.Incoming.EnvelopeTo.Concat(mail.Message.To.Select(a => a.Address)).Concat(mail.Message.Cc.Select(a => a.Address));
        foreach (var text in addresses.Take(MostReferences))
        {
            if (EmailAddress.TryParse(text, out var address)
                && ReplyAddress.Read(address, organisation.ReplySecret) is { } number
                && await db.Conversations.FindAsync(number) is { } conversation)
            {
                return conversation;
            }
        }

        return null;
    }
}
