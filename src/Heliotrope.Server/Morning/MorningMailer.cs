using System.Globalization;
using System.Text;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Morning;

/// <summary>Sends the morning page to whoever wants it by mail, once a day when its time has come. It holds figures and links, and no words of a customer's.</summary>
internal sealed class MorningMailer(Store store, ReadMorning morning, NotificationMail mails, PublicAddress address, OutboxBell bell, TimeProvider time, ILogger<MorningMailer> log)
    : Worker(TimeSpan.FromMinutes(1), "The morning could not be sent by mail", log)
{
    private const string Kind = "morning";

    /// <summary>Who was away at its time gets it later on the same day; later than this nobody begins.</summary>
    private const int Latest = 6 * 60;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        if (!await store.Read(db => Replaying.IsOn(db, time.Now())))
        {
            await SendDue(cancel);
        }

        return Every;
    }

    /// <summary>Writes the mails that are due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        var local = TimeZoneInfo.ConvertTime(time.Now(), Zone.Here);
        var (day, minute) = (DateOnly.FromDateTime(local.DateTime).DayNumber, (local.Hour * 60) + local.Minute);
        var due = await store.Read(db => db.MorningMails.Where(m => m.SentDay < day && m.Minute <= minute && m.Minute > minute - Latest)
            .Join(db.Users.Where(u => u.LeftAt == null && !u.Demo && u.Email != null), m => m.UserId, u => u.Id, (_, u) => u).ToListAsync(cancel));
        var sent = 0;
        foreach (var user in due)
        {
            var view = await morning.Run(user.AsActor()); // before the write: reading must not hold up others
            sent += await store.Write(db => Send(db, user, view, day, cancel), cancel) ? 1 : 0;
        }

        if (sent > 0)
        {
            bell.Ring();
        }

        return sent;
    }

    private async Task<bool> Send(HeliotropeDb db, User user, MorningView view, int day, CancellationToken cancel)
    {
        // Of two processes one finds it not sent.
        if (await db.MorningMails.Where(m => m.UserId == user.Id && m.SentDay < day).ExecuteUpdateAsync(set => set.SetProperty(m => m.SentDay, day), cancel) == 0)
        {
            return false;
        }

        using var speaking = new NotificationMail.Speaking((await NotificationSettings.Of(db, user.Id)).Language);
        var (text, marked) = (new StringBuilder(), new StringBuilder());
        foreach (var section in MorningLines.Of(view).GroupBy(line => line.Section))
        {
            text.Append(section.Key).Append('\n');
            marked.Append(CultureInfo.InvariantCulture, $"**{ComposeMail.AsWritten(section.Key)}**\n\n");
            foreach (var line in section)
            {
                var says = line.Says.EndsWith(line.Count.ToString(CultureInfo.CurrentCulture), StringComparison.Ordinal) ? line.Says : $"{line.Says}: {line.Count}";
                text.Append(CultureInfo.InvariantCulture, $"- {says}\n  {address.For(line.Href)}\n");
                marked.Append(CultureInfo.InvariantCulture, $"- [{ComposeMail.AsWritten(says)}]({address.For(line.Href)})\n");
            }

            text.Append('\n');
            marked.Append('\n');
        }

        var off = address.For("/me#morning");
        var foot = Words.T("morning.mail.foot");
        await mails.Letter(db, user, Kind, Words.T("morning.heading"), $"{text}-- \n{foot} {off}\n", $"{marked}---\n\n[{ComposeMail.AsWritten(foot)}]({off})\n", off, await Organisation.Of(db), time.Now());
        return true;
    }
}
