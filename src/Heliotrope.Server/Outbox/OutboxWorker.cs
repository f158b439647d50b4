using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Database;
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
internal sealed class OutboxWorker(Store store, ServerSettings settings, OutboxBell bell, Current<TeamRules> rules, TimeProvider time, ILogger<OutboxWorker> log)
    : Worker(TimeSpan.FromSeconds(5), "The outbox could not be worked through", log, bell)
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan Renew = OutboxRules.Lease / 3;
    private readonly string _me = $"{Environment.MachineName}/{Guid.NewGuid():N}";
    private readonly SmtpSender? _sender = settings.Smarthost is { } smarthost ? new(smarthost, Environment.MachineName) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_sender is null)
        {
            return; // The development outbox: nothing leaves.
        }

        if (store.Engine.SingleProcess)
        {
            await EndOldLeases(stoppingToken);
        }

        await base.ExecuteAsync(stoppingToken);
    }

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (await SendDue(_sender!, cancel) > 0)
        {
            // Until nothing is due.
        }

        return Every;
    }

    /// <summary>No other process uses this database, so whoever held a lease is gone.</summary>
    private Task<int> EndOldLeases(CancellationToken cancel) => store.Write(
        db => db.Outbox.Where(o => o.State == OutboxState.Sending).ExecuteUpdateAsync(set => set.SetProperty(o => o.LeaseUntil, (DateTimeOffset?)null), cancel),
        cancel);

    private async Task<int> SendDue(SmtpSender sender, CancellationToken cancel)
    {
        var claimed = await store.Write(Claim, cancel);
        await Task.WhenAll(claimed.Select(mail => SendOne(sender, mail, cancel)));
        return claimed.Count;
    }

    private async Task<List<OutboxMail>> Claim(HeliotropeDb db)
    {
        var now = time.Now();
        var due = await Overtaken.Drop(db, await LifeStops.Hold(db, await store.Engine.DueForUpdate(db, now, MostAtOnce).ToListAsync(), now));
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

    private async Task SendOne(SmtpSender sender, OutboxMail mail, CancellationToken cancel)
    {
        using var sent = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var renewing = KeepLease(mail.Id, sent.Token);
        try
        {
            // Once begun, an attempt is brought to its end, also when the server stops: its answer is worth more than a quick stop.
            var content = await store.Read(db => db.OutboxBytes.Where(b => b.Id == mail.BytesId).Select(b => b.Content).SingleAsync(CancellationToken.None));
            var result = await sender.Send(mail.EnvelopeFrom, [mail.EnvelopeTo], content, CancellationToken.None);
            await store.Write(db => Record(db, mail.Id, result), CancellationToken.None);
        }
        finally
        {
            await sent.CancelAsync();
            await renewing;
        }
    }

    private async Task KeepLease(long id, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Renew, time, cancel);
                var until = time.Now() + OutboxRules.Lease;
                await store.Write(db => db.Outbox.Where(o => o.Id == id && o.LeaseOwner == _me).ExecuteUpdateAsync(set => set.SetProperty(o => o.LeaseUntil, until), cancel), cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt has ended.
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
