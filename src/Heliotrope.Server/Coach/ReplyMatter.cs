using System.Text.RegularExpressions;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Coach;

/// <summary>Brings together what the coach may know of the matter in which a reply is written. All of it is bounded: it is read at each pause in typing.</summary>
internal static partial class ReplyMatter
{
    private const int MostMessages = 20;
    private const int LongestMessage = 20_000;
    private const int MostReplies = 50;
    private const int LongestReply = 4_000;
    private const int MostOfReplies = 20_000;
    private const int MostEarlier = 10;

    /// <param name="db">The database.</param>
    /// <param name="number">The conversation; null for one that is only being begun.</param>
    /// <param name="customer">The customer; null for one who is not known yet.</param>
    /// <param name="text">The words so far.</param>
    /// <param name="sentAs">The entry that they were sent as, which is no word of ours before them; null while they are written.</param>
    public static async Task<ReplyInHand> Of(HeliotropeDb db, long? number, long? customer, string text, long? sentAs = null)
    {
        var person = await db.Customers.Where(c => c.Id == customer).Select(c => new { c.Name, c.Language }).FirstOrDefaultAsync();
        var read = await db.Readings.Where(r => r.ConversationNumber == number).Select(r => r.Language).FirstOrDefaultAsync();
        var messages = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Message && e.Direction == Direction.In && e.Author == Author.Known)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MostMessages).Select(e => e.Text.Substring(0, LongestMessage)).ToListAsync();
        messages.Reverse();
        var last = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Message && e.Author != Author.Machine && e.ForwardedTo == "" && e.Id != sentAs)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => (Direction?)e.Direction).FirstOrDefaultAsync();
        var addresses = await db.CustomerAddresses.Where(a => a.CustomerId == customer).OrderBy(a => a.Id).Take(MostEarlier).Select(a => a.Address).ToListAsync();
        return new(
            text, person is null || addresses.Contains(person.Name) ? "" : person.Name, read ?? person?.Language, messages,
            [.. addresses, .. await Earlier(db, number, customer)], await RecentReplies(db, customer))
        {
            IsFollowUp = last is Direction.Out,
        };
    }

    /// <summary>Lines of their other conversations that hold a number such as an order's.</summary>
    private static async Task<IEnumerable<string>> Earlier(HeliotropeDb db, long? number, long? customer)
    {
        var earlier = await db.Conversations.WithoutSpam().Where(c => c.CustomerId == customer && c.Number != number)
            .OrderByDescending(c => c.LastActivityAt).Take(MostEarlier).Select(c => new { c.Subject, c.Preview }).ToListAsync();
        return earlier.SelectMany(c => new[] { c.Subject, c.Preview }).Where(line => LongNumber().IsMatch(line));
    }

    /// <summary>What was written to other customers last.</summary>
    private static async Task<IReadOnlyList<string>> RecentReplies(HeliotropeDb db, long? customer)
    {
        var replies = await (
            from entry in db.Entries
            where entry.Direction == Direction.Out && entry.ForwardedTo == "" && entry.Kind == EntryKind.Message && entry.Text.Length <= LongestReply
            join conversation in db.Conversations on entry.ConversationNumber equals conversation.Number
            where conversation.CustomerId != customer
            orderby entry.Id descending
            select entry.Text).Take(MostReplies).ToListAsync();
        var left = MostOfReplies;
        return replies.TakeWhile(reply => (left -= reply.Length) >= 0).ToList();
    }

    [GeneratedRegex(@"\d{4}")]
    private static partial Regex LongNumber();
}
