using Heliotrope.Core.Conversations;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>
/// Tells somebody of something, in the transaction of whatever happened. Never those who did it themselves, never of spam, never
/// of what they may not see, and once until it is read. Most of it <see cref="Notices"/> finds by itself; whoever knows a reason
/// that no entry shows (a mention, a rule) calls this.
/// </summary>
internal static class Notify
{
    public const int LongestAbout = 300;

    /// <summary>Whoever lets a mail lie for so long is written to again when more has come.</summary>
    private static readonly TimeSpan MailAgain = TimeSpan.FromHours(4);

    /// <param name="db">In the transaction of what happened.</param>
    /// <param name="user">Whom.</param>
    /// <param name="reason">Why them.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="about">A few words of what happened; may be empty.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="now">When.</param>
    public static async Task Write(HeliotropeDb db, long user, Reason reason, Conversation conversation, string about, Actor by, DateTimeOffset now)
    {
        if (conversation.IsSpam || by.Person == user || await ToldOf(db, user, reason, conversation) is not { } told || told == Told.Nowhere)
        {
            return;
        }

        // A conversation that is only being begun has a stand-in for its number until it is saved.
        var number = db.Entry(conversation).Property(c => c.Number).CurrentValue;
        if (reason is Reason.Mentioned)
        {
            await Outdo(db, user, number, by, now);
        }

        var unread = db.Notifications.Local.FirstOrDefault(n => n.UserId == user && n.ConversationNumber == number && n.Reason == reason && n.ReadAt is null)
            ?? (number > 0 ? await db.Notifications.FirstOrDefaultAsync(n => n.UserId == user && n.ConversationNumber == number && n.Reason == reason && n.ReadAt == null) : null);
        if (unread is null)
        {
            db.Notifications.Add(new() { UserId = user, ConversationNumber = number, Reason = reason, About = OneLine(about), ByName = NameOf(by), At = now, Bell = told.Bell, Mail = told.Mail });
            return;
        }

        (unread.About, unread.ByName, unread.At, unread.Count) = (OneLine(about), NameOf(by), now, unread.Count + 1);
        (unread.Bell, unread.Mail) = (told.Bell, told.Mail);
        unread.MailedAt = unread.MailedAt < now - MailAgain ? null : unread.MailedAt;
    }

    /// <summary>Where somebody is told; null for somebody who is not, because they may not see it or want to hear nothing of it.</summary>
    private static async Task<Told?> ToldOf(HeliotropeDb db, long user, Reason reason, Conversation conversation)
    {
        var number = conversation.Number;
        var person = await db.Users.Where(u => u.Id == user && u.LeftAt == null).Select(u => new
        {
            u.Role,
            Choice = db.NotificationChoices.Where(c => c.UserId == u.Id && c.Reason == reason).Select(c => new { c.Bell, c.Mail }).FirstOrDefault(),
            Rhythm = db.NotificationTimes.Where(t => t.UserId == u.Id).Select(t => (MailRhythm?)t.Rhythm).FirstOrDefault(),
            Muted = db.Follows.Any(f => f.UserId == u.Id && f.ConversationNumber == number && f.Muted),
        }).FirstOrDefaultAsync();
        if (person is null || (person.Muted && reason is not (Reason.Mentioned or Reason.Assigned)) || !await Seen.By(db, user, person.Role, conversation))
        {
            return null;
        }

        var told = person.Choice is { } choice ? new Told(choice.Bell, choice.Mail) : Told.Usually(reason);
        return told with { Mail = told.Mail && person.Rhythm is not MailRhythm.Off };
    }

    /// <summary>Whoever is named in a note that they would have heard of anyway hears of it once, with the better reason.</summary>
    private static async Task Outdo(HeliotropeDb db, long user, long number, Actor by, DateTimeOffset now)
    {
        var lesser = db.Notifications.Local.FirstOrDefault(n => n.UserId == user && n.ConversationNumber == number && n.Reason == Reason.Followed && n.ReadAt is null)
            ?? await db.Notifications.FirstOrDefaultAsync(n => n.UserId == user && n.ConversationNumber == number && n.Reason == Reason.Followed && n.ReadAt == null);
        if (lesser is { Count: 1 } && lesser.At == now && lesser.ByName == by.Name)
        {
            db.Notifications.Remove(lesser);
        }
    }

    /// <summary>A rule acts under its own name; of what happens by itself nobody is named.</summary>
    private static string NameOf(Actor by) => by.Name == Actor.System.Name ? "" : by.Name;

    private static string OneLine(string about) => string.Join(' ', about.Storable(LongestAbout * 4).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Storable(LongestAbout);
}
