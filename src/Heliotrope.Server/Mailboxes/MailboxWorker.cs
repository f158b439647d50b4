using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Wakes the worker when a mailbox was connected, changed or removed.</summary>
internal sealed class MailboxBell : Bell;

/// <summary>
/// Has every mailbox read, each by tasks of its own so that none waits for another, and by one process at a time. It looks again and again which there are; whose reading
/// ended is begun anew.
/// </summary>
internal sealed class MailboxWorker(Store store, WatchMailbox read, ReadApart apart, MailboxBell bell, TimeProvider time, ILogger<MailboxWorker> log)
    : Worker(TimeSpan.FromSeconds(10), "It could not be looked which mailboxes there are to read", log, bell)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    private readonly string _me = $"{Environment.MachineName}/{Guid.NewGuid():N}";
    private readonly Dictionary<long, Reading> _readings = [];

    /// <summary>Those that have been told to end, and bring to its end what they are storing. None waits for another's end, but for its own mailbox's.</summary>
    private readonly List<Reading> _ending = [];

    private sealed record Reading(long Mailbox, int Version, CancellationTokenSource Stop, MailboxCalls Calls, Task Done);

    /// <summary>Has a mailbox looked into at once, where this process reads it.</summary>
    public void LookNow(long mailbox)
    {
        lock (_readings)
        {
            _readings.GetValueOrDefault(mailbox)?.Calls.LookNow();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await base.ExecuteAsync(stoppingToken);
        }
        finally
        {
            await End([.. _readings.Keys]);
            await Task.WhenAll(_ending.Select(reading => reading.Done)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Bury();
            await GiveBack();
        }
    }

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        var mine = await Mine(cancel);
        await End([.. _readings.Where(reading => mine.Find(m => m.Id == reading.Key)?.Version != reading.Value.Version || reading.Value.Done.IsCompleted).Select(reading => reading.Key)]);
        Bury();
        foreach (var mailbox in mine.Where(mailbox => !_readings.ContainsKey(mailbox.Id) && !_ending.Exists(reading => reading.Mailbox == mailbox.Id)))
        {
            Begin(mailbox, cancel);
        }

        return Every;
    }

    /// <summary>Those that are for this process to read.</summary>
    private async Task<List<Mailbox>> Mine(CancellationToken cancel)
    {
        var all = await store.Read(db => db.Mailboxes.Where(m => !m.Paused).ToListAsync(cancel));
        if (all.Count == 0 || store.Engine.SingleProcess)
        {
            return all;
        }

        var now = time.Now();
        var ids = all.ConvertAll(m => m.Id);
        var until = now + Lease;
        await store.Write(
            db => db.MailboxStates.Where(s => ids.Contains(s.MailboxId) && (s.LeaseOwner == null || s.LeaseOwner == _me || s.LeaseUntil == null || s.LeaseUntil < now))
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LeaseOwner, _me).SetProperty(s => s.LeaseUntil, until), cancel),
            cancel);
        var mine = await store.Read(db => db.MailboxStates.Where(s => s.LeaseOwner == _me).Select(s => s.MailboxId).ToListAsync(cancel));
        return all.FindAll(m => mine.Contains(m.Id));
    }

    private void Begin(Mailbox mailbox, CancellationToken cancel)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var calls = new MailboxCalls();
        var done = Together(stop, Task.Run(() => read.Watch(mailbox, calls, stop.Token), CancellationToken.None), Task.Run(() => apart.Fetch(mailbox, calls, stop.Token), CancellationToken.None));
        lock (_readings)
        {
            _readings[mailbox.Id] = new(mailbox.Id, mailbox.Version, stop, calls, done);
        }
    }

    /// <summary>Where one of them ends, be it because the database was away, both are begun anew.</summary>
    private static async Task Together(CancellationTokenSource stop, params Task[] tasks)
    {
        await Task.WhenAny(tasks);
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
    }

    /// <summary>Another process need not wait until our time is over.</summary>
    private async Task GiveBack()
    {
        if (!store.Engine.SingleProcess)
        {
            await store.Write(
                db => db.MailboxStates.Where(s => s.LeaseOwner == _me).ExecuteUpdateAsync(set => set.SetProperty(s => s.LeaseOwner, (string?)null).SetProperty(s => s.LeaseUntil, (DateTimeOffset?)null)),
                CancellationToken.None);
        }
    }

    private async Task End(IReadOnlyList<long> mailboxes)
    {
        var over = new List<Reading>();
        lock (_readings)
        {
            foreach (var mailbox in mailboxes)
            {
                if (_readings.Remove(mailbox, out var reading))
                {
                    over.Add(reading);
                }
            }
        }

        foreach (var reading in over)
        {
            var wasRunning = !reading.Done.IsCompleted;
            await reading.Stop.CancelAsync();
            _ending.Add(reading);
            _ = wasRunning ? reading.Done.ContinueWith(_ => bell.Ring(), TaskScheduler.Default) : null; // its mailbox is begun anew at once
        }
    }

    /// <summary>Lets go of those that have ended.</summary>
    private void Bury()
    {
        var over = _ending.FindAll(reading => reading.Done.IsCompleted);
        foreach (var reading in over)
        {
            if (reading.Done.Exception is { } failure)
            {
                log.LogError(failure, "A mailbox's reading ended; it is begun anew");
            }

            reading.Stop.Dispose();
            reading.Calls.Dispose();
        }

        _ending.RemoveAll(over.Contains);
    }
}
