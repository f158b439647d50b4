using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Merging;
using Heliotrope.Server.Platform;
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

    /// <summary>Whether a mail is about one that told a colleague of something: sent to its signed address, or, where that was lost on the way, an answer to its Message-ID.</summary>
    public static async Task<bool> IsAboutNotification(HeliotropeDb db, PreparedMail mail, bool isThreaded, Organisation organisation)
    {
        if (Addresses(mail).Any(text => EmailAddress.TryParse(text, out var address) && ReplyAddress.Read(address, organisation.ReplySecret) == ReplyAddress.OfNotifications))
        {
            return true;
        }

        var ids = isThreaded ? [] : Ids(mail);
        return ids.Count > 0 && await db.Outbox.AnyAsync(o => ids.Contains(o.MessageId) && o.UserId != null);
    }

    public static async Task<Conversation?> Find(HeliotropeDb db, PreparedMail mail, long? customerId, Organisation organisation)
    {
        if (await BySignedAddress(db, mail, organisation) is var (tag, signed))
        {
            return await Followed(db, mail, tag, organisation) ?? signed;
        }

        // A bounce or a complaint names the mail that it is about in what it returns of it.
        var message = mail.Message;
        var ids = Ids(mail);
        var number = (ids.Count > 0 ? await ById(db, ids, customerId) : null) ?? await ByThreadIndex(db, message.ThreadIndex, customerId);
        return number is null ? null : await db.Conversations.FindAsync(number);
    }

    /// <summary>Remembers what the first mail of a conversation answers.</summary>
    public static void Miss(HeliotropeDb db, PreparedMail mail, Conversation begun)
    {
        var number = db.Entry(begun).Property(c => c.Number).CurrentValue;
        var ids = mail.Message.Ancestors.Take(MostReferences).Select(id => id.Storable(PreparedMail.MaxMessageId)).Where(id => id.Length > 0).Distinct();
        db.AddRange(ids.Select(id => new MissingMail { MessageId = id, ConversationNumber = number }));
    }

    /// <summary>The conversation of the same customer in which its answer came in before it.</summary>
    public static async Task<Conversation?> OfItsAnswer(HeliotropeDb db, PreparedMail mail, long? customerId)
    {
        var id = mail.Raw.MessageId;
        return id.Length == 0 || customerId is null ? null : await db.Conversations
            .Where(c => c.CustomerId == customerId && !c.IsSpam && db.Set<MissingMail>().Any(m => m.MessageId == id && m.ConversationNumber == c.Number)).OrderBy(c => c.Number).FirstOrDefaultAsync();
    }

    private static List<string> Ids(PreparedMail mail)
    {
        string?[] returned = [mail.Message.Bounce?.MessageId, mail.Message.Feedback?.MessageId];
        return [.. returned.OfType<string>().Concat(mail.Message.Ancestors).Distinct().Take(MostReferences)];
    }

    private static IEnumerable<string> Addresses(PreparedMail mail) =>
        mail.Recipients.Take(MostReferences);

    private static async Task<long?> ById(HeliotropeDb db, List<string> ids, long? customerId)
    {
        var ours = await db.Outbox.Where(o => ids.Contains(o.MessageId)).Select(o => new { o.MessageId, o.ConversationNumber }).ToListAsync();
        var theirs = await db.Entries
            .Where(e => ids.Contains(e.MessageId!)) // also answers of ours that were given elsewhere, before an import
            .Where(e => db.Conversations.Any(c => c.Number == e.ConversationNumber && c.CustomerId == customerId)
                || db.CustomerAddresses.Any(a => a.CustomerId == customerId && a.Address == e.FromAddress)) // their own mail may have come into somebody else's conversation
            .Select(e => new { e.MessageId, e.ConversationNumber })
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

    /// <summary>A mail of ours that was moved since names in its address where it was sent from: an answer to it follows it.</summary>
    private static async Task<Conversation?> Followed(HeliotropeDb db, PreparedMail mail, long tag, Organisation organisation)
    {
        var ids = mail.Message.Ancestors.Take(MostReferences).ToList();
        var sent = ids.Count == 0 ? [] : await db.Outbox.Where(o => ids.Contains(o.MessageId)).Select(o => new { o.MessageId, o.EnvelopeFrom, o.ConversationNumber }).ToListAsync();
        return ids.Select(id => sent.Find(o => o.MessageId == id)).FirstOrDefault(o => o is not null) is { } answered
            && EmailAddress.TryParse(answered.EnvelopeFrom, out var from) && ReplyAddress.Read(from, organisation.ReplySecret) == tag
                ? await db.Conversations.FindAsync(answered.ConversationNumber)
                : null;
    }

    private static async Task<(long Tag, Conversation Found)?> BySignedAddress(HeliotropeDb db, PreparedMail mail, Organisation organisation)
    {
        foreach (var text in Addresses(mail))
        {
            if (EmailAddress.TryParse(text, out var address)
                && ReplyAddress.Read(address, organisation.ReplySecret) is { } number
                && await Merged.Find(db, number) is { } conversation)
            {
                return (number, conversation);
            }
        }

        return null;
    }
}
