using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Database;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>One way on which mail leaves, with connections of its own: none waits for another.</summary>
internal sealed class WayOut(Mailbox? mailbox)
{
    /// <summary>Null for the smarthost of all.</summary>
    public Mailbox? Mailbox => mailbox;

    public SmtpSender? Sender { get; set; }

    /// <summary>The token that the sender signs in with; null where it needs none.</summary>
    public string? Token { get; set; }

    /// <summary>How many are being sent; changed by several at once.</summary>
    public int Busy;

    /// <summary>The server cannot be reached or does not let us in: what waits need not find that out one by one (UTC).</summary>
    public DateTimeOffset PausedUntil { get; set; }

    /// <summary>The last attempt did not get as far as the mail.</summary>
    public bool IsBlocked { get; set; }
}

/// <summary>The ways out that there are now.</summary>
internal sealed class WaysOut(Store store, ServerSettings settings, MailboxAccounts accounts, MailTrust trust, TimeProvider time) : IAsyncDisposable
{
    private static readonly SmtpSenderOptions Usual = new();

    private readonly WayOut? _ofAll = settings.Smarthost is { } smarthost ? new(null) { Sender = new(smarthost, Environment.MachineName, Usual with { CertificateCheck = trust.Check }) } : null;
    private readonly Dictionary<long, WayOut> _ofMailboxes = [];

    private IEnumerable<WayOut> All => _ofAll is null ? _ofMailboxes.Values : _ofMailboxes.Values.Prepend(_ofAll);

    /// <summary>Looks which there are. One whose mailbox was changed begins anew.</summary>
    public async Task<IReadOnlyList<WayOut>> Find(CancellationToken cancel)
    {
        var mailboxes = await store.Read(db => db.Mailboxes.Where(m => m.SmtpHost != "").ToListAsync(cancel));
        foreach (var (id, way) in _ofMailboxes.Where(known => mailboxes.Find(m => m.Id == known.Key)?.Version != known.Value.Mailbox!.Version).ToList())
        {
            _ofMailboxes.Remove(id);
            if (way.Sender is { } sender)
            {
                await sender.DisposeAsync(); // what it is sending it brings to its end
            }
        }

        foreach (var mailbox in mailboxes)
        {
            _ofMailboxes.TryAdd(mailbox.Id, new(mailbox));
        }

        return [.. All];
    }

    /// <summary>Whether anything leaves on the way of a mailbox; of all where it is null.</summary>
    public async Task<bool> IsOpen(HeliotropeDb db, long? mailbox) => mailbox is { } id ? await db.Mailboxes.AnyAsync(m => m.Id == id && m.SmtpHost != "") : _ofAll is not null;

    /// <summary>How many may leave on it now, by what its provider allows.</summary>
    public async Task<int> Allowance(HeliotropeDb db, WayOut way, int most)
    {
        if (way.Mailbox is not { } mailbox || mailbox is { MostAMinute: 0, MostAnHour: 0, MostADay: 0 })
        {
            return most;
        }

        var now = time.Now();
        async Task<int> Left(int limit, TimeSpan within)
        {
            var since = now - within;
            return limit == 0 ? most : limit - await db.Outbox.CountAsync(o => o.MailboxId == mailbox.Id && ((o.State == OutboxState.Sent && o.SentAt > since) || o.State == OutboxState.Sending));
        }

        int[] left = [most, await Left(mailbox.MostAMinute, TimeSpan.FromMinutes(1)), await Left(mailbox.MostAnHour, TimeSpan.FromHours(1)), await Left(mailbox.MostADay, TimeSpan.FromDays(1))];
        return Math.Max(0, left.Min());
    }

    /// <summary>Who sends on it; made with a token that may be used now.</summary>
    public async Task<SmtpSender> Sender(WayOut way, CancellationToken cancel)
    {
        if (way.Mailbox is not { } mailbox)
        {
            return way.Sender!;
        }

        var account = await accounts.Smtp(mailbox, cancel);
        lock (way)
        {
            if (way.Sender is null || way.Token != account.Token)
            {
                var old = way.Sender;
                (way.Sender, way.Token) = (new(account, Environment.MachineName, Usual with { CertificateCheck = trust.Check }), account.Token);
                _ = old?.DisposeAsync().AsTask(); // its idle connections; what it is sending it brings to its end
            }

            return way.Sender;
        }
    }

    /// <summary>Its server did not let us in.</summary>
    public Task Refused(WayOut way) => way.Mailbox is { } mailbox ? accounts.Refused(mailbox) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var way in All)
        {
            if (way.Sender is { } sender)
            {
                await sender.DisposeAsync();
            }
        }
    }
}
