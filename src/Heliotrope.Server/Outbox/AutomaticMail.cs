using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>Whether a mail that nobody writes may leave: never to a machine or a list, never round in circles, never many to one person, and nothing in a hard time.</summary>
internal static class AutomaticMail
{
    /// <summary>Whoever has so many matters resolved in a day is asked about some; and nobody fills a stranger's mailbox through us.</summary>
    public const int MostADay = 5;

    /// <summary>The kind of a mail that a rule wrote. It is a word in the conversation, and automatic all the same.</summary>
    public const string ByRule = "rule";

    /// <summary>Nobody writes this much in an hour by hand: another machine answers ours.</summary>
    public const int MostHeardInAnHour = 30;

    /// <summary>Why it may not, as the code of an event; null when it may.</summary>
    public static async Task<string?> Bar(HeliotropeDb db, Conversation conversation, DateTimeOffset now)
    {
        if (await LifeStops.Bar(db, conversation, now) is { } stopped)
        {
            return stopped;
        }

        var (number, customer, hour, day) = (conversation.Number, conversation.CustomerId, now.AddHours(-1), now.AddDays(-1));
        var last = await db.Entries.Where(e => e.ConversationNumber == number && e.Direction == Direction.In && e.Author == Author.Known)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => (bool?)e.NoAutomaticAnswer).FirstOrDefaultAsync();

        // Where nobody wrote but a machine, there is nobody to write to.
        var machines = last is null && await db.Entries.AnyAsync(e => e.ConversationNumber == number && e.Direction == Direction.In && e.Author == Author.Machine);
        var theirs = db.Conversations.Where(c => c.CustomerId == customer).Select(c => c.Number);
        if (last is true || machines || await db.Entries.AnyAsync(e => theirs.Contains(e.ConversationNumber) && e.Kind == EntryKind.Event && e.Text == "complained"))
        {
            return "not-asked.unwanted";
        }

        var recent = db.Conversations.Where(c => c.CustomerId == customer && c.LastActivityAt >= day).Select(c => c.Number);
        var heard = await db.Entries.CountAsync(e => recent.Contains(e.ConversationNumber) && e.Direction == Direction.In && e.At >= hour);
        var sent = await db.Outbox.CountAsync(o => o.ConversationNumber != null && recent.Contains(o.ConversationNumber.Value) && (o.EntryId == null || o.Kind == ByRule) && o.CreatedAt >= day);
        return heard > MostHeardInAnHour || sent >= MostADay ? "not-asked.often" : null;
    }
}
