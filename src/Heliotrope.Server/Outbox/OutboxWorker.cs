using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Database;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>
/// Sends what waits in the outbox. <see cref="OutboxState.Sending"/> is committed before the first byte leaves, so that after a
/// crash it is known which mails may have gone: those go once more, with the same bytes, and the conversation shows it
/// (docs/decisions/0006).
/// </summary>
internal sealed class OutboxWorker(Store store, WaysOut ways, Departure departure, MailboxRecord mailboxes, OutboxBell bell, Current<TeamRules> rules, TimeProvider time, ILogger<OutboxWorker> log)
    : Worker(TimeSpan.FromSeconds(5), "The outbox could not be worked through", log, bell)
{
    /// <summary>On one way; each holds a connection.</summary>
    private const int MostAtOnce = 4;

    private static readonly TimeSpan Renew = OutboxRules.Lease / 3;

    /// <summary>How long a way is left alone whose server cannot be reached.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly string _me = $"{Environment.MachineName}/{Guid.NewGuid():N}";
    private readonly HashSet<Task> _underWay = [];
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, byte> _leaving = new(); // a set
    private bool _begun;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await base.ExecuteAsync(stoppingToken);
        }
        finally
        {
            // Once begun, an attempt is brought to its end, also when the server stops: its answer is worth more than a quick stop.
            await Task.WhenAll(_underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        _underWay.RemoveWhere(task => task.IsCompleted);
        var open = await ways.Find(cancel);
        if (open.Count > 0 && !_begun && store.Engine.SingleProcess)
        {
            await EndOldLeases(cancel);
        }

        _begun |= open.Count > 0;
        var due = await Due(cancel);
        await Reroute([.. due.OfType<long>().Except(open.Select(way => way.Mailbox?.Id).OfType<long>())], cancel);
        foreach (var way in open.Where(way => due.Contains(way.Mailbox?.Id) && Volatile.Read(ref way.Busy) <= MostAtOnce / 2 && way.PausedUntil <= time.Now()))
        {
            foreach (var mail in await store.Write(db => Claim(db, way), cancel))
            {
                Interlocked.Increment(ref way.Busy);
                _leaving[mail.Id] = 0;
                _underWay.Add(SendOne(way, mail));
            }
        }

        return Every;
    }

    /// <summary>The ways on which something is due; null for the smarthost of all. Where nothing is, nothing needs to be written.</summary>
    private Task<HashSet<long?>> Due(CancellationToken cancel)
    {
        var now = time.Now();
        return store.Read(db => db.Outbox.Where(OutboxRules.IsDue(now)).Select(o => o.MailboxId).Distinct().ToHashSetAsync(cancel));
    }

    /// <summary>What was written while its mailbox ceased to send goes the way that its address has now.</summary>
    private async Task Reroute(IReadOnlyList<long> gone, CancellationToken cancel)
    {
        if (gone.Count > 0)
        {
            await store.Write(
                async db =>
                {
                    foreach (var mail in await db.Outbox.Where(o => o.State == OutboxState.Waiting && o.MailboxId != null && gone.Contains(o.MailboxId.Value) && !db.Mailboxes.Any(m => m.Id == o.MailboxId && m.SmtpHost != "")).ToListAsync(cancel))
                    {
                        await Reroute(db, mail);
                    }

                    return true;
                },
                cancel);
        }
    }

    private async Task Reroute(HeliotropeDb db, OutboxMail mail)
    {
        (mail.State, var route) = await departure.Of(db, Departure.OurAddress(mail));
        mail.MailboxId = route.Mailbox;
    }

    /// <summary>No other process uses this database, so whoever held a lease is gone.</summary>
    private Task<int> EndOldLeases(CancellationToken cancel) => store.Write(
        db => db.Outbox.Where(o => o.State == OutboxState.Sending).ExecuteUpdateAsync(set => set.SetProperty(o => o.LeaseUntil, (DateTimeOffset?)null), cancel),
        cancel);

    private async Task<List<OutboxMail>> Claim(HeliotropeDb db, WayOut way)
    {
        var now = time.Now();
        var most = await ways.Allowance(db, way, MostAtOnce - Volatile.Read(ref way.Busy));
        var claimed = most == 0 ? [] : await store.Engine.DueForUpdate(db, way.Mailbox?.Id, now, most).ToListAsync();
        foreach (var mine in claimed.Where(mail => _leaving.ContainsKey(mail.Id)))
        {
            mine.LeaseUntil = now + OutboxRules.Lease; // the clock was put forward, or this machine slept: it is still leaving
        }

        claimed.RemoveAll(mail => _leaving.ContainsKey(mail.Id));
        var due = await Overtaken.Drop(db, await LifeStops.Hold(db, claimed, now));
        foreach (var mail in due)
        {
            if (mail.State is OutboxState.Sending)
            {
                // Its worker died before it could note the answer. The other side may have the mail.
                await NoteDoubt(db, mail, now);
            }

            mail.State = OutboxState.Sending;
            mail.LeaseOwner = _me;
            mail.LeaseUntil = now + OutboxRules.Lease;
            mail.Attempts++;
        }

        return due;
    }

    /// <summary>The outermost of an attempt: whatever fails leaves the mail claimed, and once its lease has ended it is tried again as in doubt.</summary>
    private async Task SendOne(WayOut way, OutboxMail mail)
    {
        using var sent = new CancellationTokenSource();
        var renewing = KeepLease(mail.Id, sent.Token);
        try
        {
            var content = await store.Read(db => db.OutboxBytes.Where(b => b.Id == mail.BytesId).Select(b => b.Content).SingleAsync(CancellationToken.None));
            var result = await Attempt(way, mail, content);
            await store.Write(db => Record(db, mail.Id, result), CancellationToken.None);
            await Note(way, result);
        }
        catch (Exception e)
        {
            log.LogError(e, "A mail could not be sent; it is tried again");
        }
        finally
        {
            await sent.CancelAsync();
            await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _leaving.TryRemove(mail.Id, out _);
            Interlocked.Decrement(ref way.Busy);
            bell.Ring();
        }
    }

    private async Task<SendResult> Attempt(WayOut way, OutboxMail mail, byte[] content)
    {
        SmtpSender sender;
        try
        {
            sender = await ways.Sender(way, CancellationToken.None);
        }
        catch (MailKit.Security.AuthenticationException e)
        {
            return new(SendOutcome.Temporary, null, e.Message) { Trouble = SendTrouble.SignInRefused, BeforeMail = true };
        }
        catch (HttpRequestException e)
        {
            return new(SendOutcome.Temporary, null, e.Message) { Trouble = SendTrouble.Unreachable, BeforeMail = true };
        }

        return await sender.Send(mail.EnvelopeFrom, [mail.EnvelopeTo], content, CancellationToken.None);
    }

    /// <summary>What an attempt says about the way rather than about the mail.</summary>
    private async Task Note(WayOut way, SendResult result)
    {
        if (result.BeforeMail)
        {
            way.PausedUntil = time.Now() + Pause;
        }

        if (result.Trouble is SendTrouble.SignInRefused)
        {
            await ways.Refused(way);
        }

        if (!result.BeforeMail && result.Code is null)
        {
            return; // no server was asked, as with an address that cannot be one, or none answered about the mail: nothing is known
        }

        if (way.Mailbox is { } mailbox)
        {
            await mailboxes.Sent(mailbox.Id, result.BeforeMail ? result : null, CancellationToken.None);
        }
        else if (way.IsBlocked && !result.BeforeMail)
        {
            await store.Write(db => MailboxRecord.Wake(db, null, time.Now()), CancellationToken.None);
        }

        way.IsBlocked = result.BeforeMail;
    }

    private async Task KeepLease(long id, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Renew, time, cancel);
                var until = time.Now() + OutboxRules.Lease;
                await store.Write(db => db.Outbox.Where(o => o.Id == id && o.LeaseOwner == _me).ExecuteUpdateAsync(set => set.SetProperty(o => o.LeaseUntil, until), cancel), cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogWarning(e, "The lease of a mail that is leaving could not be renewed; it is tried again");
            }
        }
    }

    private async Task<bool> Record(HeliotropeDb db, long id, SendResult result)
    {
        var now = time.Now();
        var mail = await db.Outbox.SingleAsync(o => o.Id == id);
        if (mail.LeaseOwner != _me)
        {
            return false; // Another process took it over; its record is the newer one.
        }

        mail.LeaseOwner = null;
        mail.LeaseUntil = null;
        if (mail.Kind == TestMails.Kind)
        {
            db.Touched.Add(Live.LiveChange.Settings); // somebody watches it go round
        }

        mail.LastError = result.Outcome is SendOutcome.Accepted ? "" : result.Text.Storable(1_000);
        switch (result.Outcome)
        {
            case SendOutcome.Accepted:
                mail.State = OutboxState.Sent;
                mail.SentAt = now;
                break;
            case SendOutcome.Permanent:
                await GiveUp(db, mail, now);
                break;
            case SendOutcome.InDoubt:
                await NoteDoubt(db, mail, now);
                await TryLater(db, mail, now);
                break;
            case SendOutcome.Temporary:
                await TryLater(db, mail, now);
                break;
        }

        return true;
    }

    private async Task TryLater(HeliotropeDb db, OutboxMail mail, DateTimeOffset now)
    {
        if (OutboxRules.DelayAfter(mail.Attempts) is { } delay)
        {
            mail.State = OutboxState.Waiting;
            mail.NextTryAt = now + delay;
            if (!await ways.IsOpen(db, mail.MailboxId))
            {
                await Reroute(db, mail); // its mailbox was taken away while it was leaving
            }
        }
        else
        {
            await GiveUp(db, mail, now);
        }
    }

    private async Task GiveUp(HeliotropeDb db, OutboxMail mail, DateTimeOffset now)
    {
        mail.State = OutboxState.Failed;
        if (await ConversationOf(db, mail) is { } conversation)
        {
            // A question of ours that nobody gets is no word that the customer waits for, nor is what we ask somebody else.
            if (mail is { EntryId: not null, Kind: not OutboxMail.Forwarded })
            {
                conversation.ReplyNotSent(mail.LastError, now, (await rules.Get()).For(conversation));
            }
            else
            {
                conversation.Record("not-sent", mail.LastError, now);
            }
        }
    }

    private static async Task<Conversation?> ConversationOf(HeliotropeDb db, OutboxMail mail) =>
        mail.ConversationNumber is { } number ? await db.Conversations.FindAsync(number) : null;

    private static async Task NoteDoubt(HeliotropeDb db, OutboxMail mail, DateTimeOffset now)
    {
        mail.Doubts++;
        if (await ConversationOf(db, mail) is { } conversation)
        {
            conversation.Record("in-doubt", mail.Subject, now);
        }
    }
}
