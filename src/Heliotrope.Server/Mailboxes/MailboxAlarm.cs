using System.Globalization;
using Heliotrope.Core.Mailboxes;
using Heliotrope.Core.People;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Live;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>
/// Sees to it that somebody notices when a mailbox has stopped: every page of the desk says so from then on, and administrators are written to, once, on a way that still
/// works. It goes by when the mailbox was last looked into, so that one whose reader hangs is found as well.
/// </summary>
internal sealed class MailboxAlarm(Store store, Departure departure, SendByMachine send, PublicAddress address, OutboxBell outbox, TimeProvider time, ILogger<MailboxAlarm> log)
    : Worker(BetweenLooks, "It could not be looked whether mailboxes have stopped", log)
{
    public const string Kind = "mailbox-alarm";
    private const int MostTold = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    /// <summary>How long one has to be seen stopped before it is told: where nothing ran for a while, or a mailbox was paused, it has yet to be looked into.</summary>
    private static readonly TimeSpan Lasting = BetweenLooks * 0.9;

    /// <summary>Since when each of those that have stopped was seen so at every look.</summary>
    private Dictionary<long, DateTimeOffset> _since = [];

    /// <summary>How many have stopped, for the bar of every page.</summary>
    public static PageCount Count { get; } = new(async (db, _, now) => (await Stopped(db, now)).Count);

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        await TellOnce(cancel);
        return Every;
    }

    /// <summary>Tells of those that have stayed stopped and of which it was not told yet, and forgets those that are well again.</summary>
    public async Task TellOnce(CancellationToken cancel)
    {
        var now = time.Now();
        var (stopped, told) = await store.Read(async db => ((await Stopped(db, now)).ToHashSet(), await db.MailboxStates.Where(s => s.ToldAt != null).Select(s => s.MailboxId).ToListAsync(cancel)));
        _since = stopped.ToDictionary(id => id, id => _since.GetValueOrDefault(id, now));
        var lasting = stopped.Where(id => now - _since[id] >= Lasting).ToHashSet();
        if (lasting.IsSubsetOf(told) && stopped.IsSupersetOf(told))
        {
            return;
        }

        await store.Write(
            async db =>
            {
                foreach (var state in await db.MailboxStates.ToListAsync(cancel))
                {
                    if (lasting.Contains(state.MailboxId) && state.ToldAt is null)
                    {
                        // Of several processes one tells it.
                        if (await db.MailboxStates.Where(s => s.MailboxId == state.MailboxId && s.ToldAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.ToldAt, now), cancel) == 0)
                        {
                            continue;
                        }

                        await Write(db, state.MailboxId, now, cancel);
                    }
                    else if (!stopped.Contains(state.MailboxId))
                    {
                        state.ToldAt = null;
                    }
                }

                db.Touched.Add(LiveChange.Settings); // open pages show it, or show it no longer
                return true;
            },
            cancel);
        outbox.Ring();
    }

    private static async Task<List<long>> Stopped(HeliotropeDb db, DateTimeOffset now)
    {
        var before = now - MailboxFacts.StoppedAfter; // as MailboxFacts.At says it
        return await db.Mailboxes.Join(db.MailboxStates, m => m.Id, s => s.MailboxId, (m, s) => new { m.Id, m.Paused, m.CreatedAt, s.LookedAt, s.SendFailingSince })
            .Where(m => (!m.Paused && (m.LookedAt ?? m.CreatedAt) < before) || m.SendFailingSince < before).Select(m => m.Id).ToListAsync();
    }

    private async Task Write(HeliotropeDb db, long stopped, DateTimeOffset now, CancellationToken cancel)
    {
        var mailbox = await db.Mailboxes.SingleAsync(m => m.Id == stopped, cancel);
        var organisation = await Organisation.Of(db);

        // From an address whose own mailbox still sends, if there is one.
        var well = await db.Mailboxes.Where(m => m.SmtpHost != "" && db.MailboxStates.Any(s => s.MailboxId == m.Id && s.SendFailingSince == null)).OrderBy(m => m.Id == stopped).Select(m => m.Address).FirstOrDefaultAsync(cancel);
        var our = well ?? organisation.UsualAddress ?? mailbox.Address;
        var (state, route) = well is null && departure.State is OutboxState.Waiting ? (departure.State, OutboxRoute.OfAll) : await departure.Of(db, our); // not on the way that is broken
        var admins = await db.Users.Where(u => u.Role == Role.Admin && u.LeftAt == null && !u.Demo && u.Email != null).OrderBy(u => u.Id).Take(MostTold).Select(u => new { u.Id, u.Name, Email = u.Email! }).ToListAsync(cancel);
        var page = address.For($"{MailboxEndpoints.Path}/{stopped.ToString(CultureInfo.InvariantCulture)}");
        foreach (var admin in admins)
        {
            using var speaking = new NotificationMail.Speaking((await NotificationSettings.Of(db, admin.Id)).Language);
            await send.Add(
                db,
                new(Kind, admin.Id, our, new MailAddress(admin.Name, admin.Email), Words.T("mailboxes.alarm.subject", mailbox.Address), Words.T("mailboxes.alarm.text", mailbox.Address, page)),
                state, route.Mailbox, organisation, now);
        }
    }
}
