using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Channels;

/// <summary>
/// Which conversation a mail belongs to. Trusted are: our signed address, and the Message-ID of mail that we sent, which only
/// those who received it know. The Message-ID of a customer's own mail is trusted from that customer only. Numbers in subjects
/// are never looked at (docs/decisions/0008).
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

        var ids = mail.Message.InReplyTo.Concat(mail.Message.References.Reverse()).Distinct().Take(MostReferences).ToList();
        if (ids.Count == 0)
        {
            return null;
        }

        var ours = await db.Outbox.Where(o => ids.Contains(o.MessageId)).Select(o => new { o.MessageId, o.ConversationNumber }).ToListAsync();
        var theirs = await db.Entries
            .Where(e => e.Direction == Direction.In && ids.Contains(e.MessageId!))
            .Join(db.Conversations.Where(c => c.CustomerId == customerId), e => e.ConversationNumber, c => c.Number, (e, _) => new { e.MessageId, e.ConversationNumber })
            .Take(MostReferences)
            .ToListAsync();

        // The nearest ancestor decides: ids are in that order.
        var number = ids.Select(id => ours.Find(o => o.MessageId == id)?.ConversationNumber ?? theirs.Find(t => t.MessageId == id)?.ConversationNumber)
            .FirstOrDefault(n => n is not null);
        return number is null ? null : await db.Conversations.FindAsync(number);
    }

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
