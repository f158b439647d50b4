using Heliotrope.Core.Notifications;
using Heliotrope.Server.Database;
using Heliotrope.Server.Live;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>Sends by mail what was not read, when its time has come: gathered, to each colleague one, and never of where they are just now.</summary>
internal sealed class NotificationMailer(Store store, NotificationMail mails, Presence presence, OutboxBell bell, TimeProvider time, ILogger<NotificationMailer> log)
    : Worker(TimeSpan.FromSeconds(20), "Notifications could not be sent by mail", log)
{
    private const int MostPeople = 1_000;
    private const int MostInAMail = 50;

    /// <summary>What was read so long ago, nobody looks for.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private DateTimeOffset _cleared;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        if (!await store.Read(db => Replaying.IsOn(db, time.Now())))
        {
            await SendDue(cancel);
            await Clear(cancel);
        }

        return Every;
    }

    /// <summary>Writes the mails that are due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        var now = time.Now();
        var waiting = await store.Read(db => Unmailed(db).GroupBy(n => n.UserId).Select(g => new { User = g.Key, Since = g.Min(n => n.At) }).OrderBy(w => w.Since).Take(MostPeople).ToListAsync(cancel));
        var sent = 0;
        foreach (var person in waiting)
        {
            sent += await store.Write(db => Send(db, person.User, now, cancel), cancel) ? 1 : 0;
        }

        if (sent > 0)
        {
            bell.Ring();
        }

        return sent;
    }

    private static IQueryable<Notification> Unmailed(HeliotropeDb db) => db.Notifications.Where(n => n.Mail && n.MailedAt == null && n.ReadAt == null);

    private async Task<bool> Send(HeliotropeDb db, long user, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Users.FindAsync([user], cancel) is not { Email.Length: > 0, Demo: false, LeftAt: null } to)
        {
            return await GiveUp(db, user, cancel); // nobody reads mail to the people of a demo company, and whoever left is told nothing more
        }

        var mine = await NotificationSettings.Of(db, user);
        var waiting = await Unmailed(db).Where(n => n.UserId == user).OrderBy(n => n.Id).Take(MostInAMail).ToListAsync(cancel);
        var due = waiting.FindAll(n => !presence.IsThere(n.ConversationNumber, user));
        if (due.Count == 0 || MailTimes.DueAt(mine.Rhythm, mine.Quiet, due.Min(n => n.At), MyNotifications.DeskZone) is not { } at || at > now)
        {
            return false;
        }

        var rows = new List<NotificationRow>();
        foreach (var told in due)
        {
            var place = await db.Conversations.Where(c => c.Number == told.ConversationNumber && !c.IsSpam)
                .Select(c => new { Conversation = c, Customer = c.Customer!.Name, Address = c.Customer.Addresses.OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefault() }).FirstOrDefaultAsync(cancel);

            // Since it was written they may have switched it off, or the conversation may be none of theirs to see any more.
            if (place is null || !mine.Told[told.Reason].Mail || !await Seen.By(db, user, to.Role, place.Conversation))
            {
                told.Mail = false;
                continue;
            }

            told.MailedAt = now;
            rows.Add(new(told.Id, told.Reason, told.ConversationNumber, place.Conversation.Subject, place.Customer.Length > 0 ? place.Customer : place.Address ?? "", told.About, told.ByName, told.At, told.Count, Read: false));
        }

        if (rows.Count == 0)
        {
            return false;
        }

        await mails.Write(db, to, rows, await Organisation.Of(db), mine.Language, now);
        return true;
    }

    private static async Task<bool> GiveUp(HeliotropeDb db, long user, CancellationToken cancel)
    {
        await Unmailed(db).Where(n => n.UserId == user).ExecuteUpdateAsync(set => set.SetProperty(n => n.Mail, false), cancel);
        return false;
    }

    /// <summary>Once an hour what nobody needs any more is cleared away.</summary>
    private async Task Clear(CancellationToken cancel)
    {
        var now = time.Now();
        if (now - _cleared < TimeSpan.FromHours(1))
        {
            return;
        }

        _cleared = now;
        var old = now - Kept;
        await store.Write(
            async db => await db.Notifications.Where(n => n.At < old && (n.ReadAt != null || !n.Bell)).ExecuteDeleteAsync(cancel) + await db.NotificationOffs.Where(o => o.ExpiresAt < now).ExecuteDeleteAsync(cancel),
            cancel);
    }
}
