using System.Threading.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Channels;

/// <summary>
/// The one way in for mail. Returns only after the mail is on the disk. Mails that wait for the disk share one commit
/// (docs/decisions/0002); one that cannot be filed goes into quarantine and never takes its neighbours along.
/// </summary>
internal sealed class Intake(Store store, FileMail fileMail, Current<Organisation> current, RawMailStore rawMail, TimeProvider time, ILogger<Intake> log) : BackgroundService
{
    /// <summary>Larger batches would keep replies waiting for the write gate.</summary>
    private const int MostInOneCommit = 32;

    private readonly Channel<Pending> _waiting = Channel.CreateBounded<Pending>(new BoundedChannelOptions(256) { SingleReader = true });

    /// <summary>Stores a mail and makes it part of a conversation.</summary>
    /// <exception cref="Exception">It could not be stored, and its sender must try again.</exception>
    public async Task<IntakeOutcome> Accept(IncomingMail incoming, CancellationToken cancel)
    {
        IDisposable? spool = null;
        try
        {
            var pending = new Pending(await Prepare(incoming, made => spool = made, cancel));
            await _waiting.Writer.WriteAsync(pending, cancel);
            return await pending.Done.Task.WaitAsync(cancel);
        }
        finally
        {
            spool?.Dispose();
        }
    }

    /// <summary>The same for several, in this order: an answer finds the mail that it answers.</summary>
    /// <exception cref="Exception">At least one could not be stored; handing all of them over again stores nothing twice.</exception>
    public async Task AcceptInOrder(IReadOnlyList<IncomingMail> mails, CancellationToken cancel)
    {
        var pending = new Pending[mails.Count];
        await Parallel.ForAsync(0, mails.Count, cancel, async (i, stop) => pending[i] = new(await Prepare(mails[i], _ => { }, stop)));
        foreach (var one in pending)
        {
            await _waiting.Writer.WriteAsync(one, cancel);
        }

        await Task.WhenAll(pending.Select(one => one.Done.Task));
    }

    /// <summary>Stores one mail without the worker: for the command line, when no server runs.</summary>
    public async Task<IntakeOutcome> AcceptAlone(IncomingMail incoming, CancellationToken cancel)
    {
        var pending = new Pending(await Prepare(incoming, _ => { }, cancel));
        await Commit([pending], cancel);
        return await pending.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>(MostInOneCommit);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < MostInOneCommit && _waiting.Reader.TryRead(out var pending))
                {
                    batch.Add(pending);
                }

                await Commit(batch, stoppingToken);
            }
        }
        finally
        {
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var pending))
            {
                pending.Done.TrySetException(new OperationCanceledException("The server is stopping."));
            }
        }
    }

    private async ValueTask<PreparedMail> Prepare(IncomingMail incoming, Action<IDisposable> spooled, CancellationToken cancel)
    {
        var mail = await Read(incoming, spooled, cancel);
        if (incoming.Large is { } large)
        {
            rawMail.KeepLarge(mail.Raw, large);
        }
        else
        {
            rawMail.Keep(mail.Raw, incoming.Raw);
        }

        return mail;
    }

    private async ValueTask<PreparedMail> Read(IncomingMail incoming, Action<IDisposable> spooled, CancellationToken cancel)
    {
        var now = time.Now();
        try
        {
            return incoming.Large is null ? PreparedMail.Of(incoming, now) : await PreparedMail.OfLarge(incoming, rawMail.Folder, now, spooled, cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException and not IOException && !cancel.IsCancellationRequested)
        {
            // A defect of ours must not make the sender try again for ever.
            log.LogError(e, "A mail could not be read and goes into quarantine");
            return PreparedMail.Unread(incoming, now, e.Message);
        }
    }

    private async Task Commit(List<Pending> batch, CancellationToken cancel)
    {
        try
        {
            var outcomes = await store.Write(db => FileAll(db, batch), cancel);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Done.TrySetResult(outcomes[i]);
            }
        }
        catch (Exception e) when (batch.Count > 1 && !cancel.IsCancellationRequested && e is not OutOfMemoryException)
        {
            // What one of them did to all, it does alone to itself.
            log.LogError(e, "{Count} mails could not be stored together; each is tried alone", batch.Count);
            foreach (var pending in batch.ToArray())
            {
                await Commit([pending], cancel);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException) // the outermost loop of intake: logged, and told to each sender
        {
            log.LogError(e, "{Count} mails could not be stored; their senders are asked to try again", batch.Count);
            foreach (var pending in batch)
            {
                pending.Done.TrySetException(e);
            }
        }
    }

    private async Task<List<IntakeOutcome>> FileAll(HeliotropeDb db, List<Pending> batch)
    {
        db.Database.AutoSavepointsEnabled = false; // one savepoint a mail, set below, is enough
        var organisation = await current.Get();
        var outcomes = new List<IntakeOutcome>(batch.Count);
        foreach (var pending in batch)
        {
            outcomes.Add(await FileOne(db, pending.Mail, organisation));
            db.ChangeTracker.Clear(); // or each save would look through all mails before it
        }

        return outcomes;
    }

    private async Task<IntakeOutcome> FileOne(HeliotropeDb db, PreparedMail mail, Organisation organisation)
    {
        const string savepoint = "mail";
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(savepoint);
        try
        {
            return await fileMail.File(db, mail with { Raw = mail.Raw.Fresh() }, organisation, mail.Raw.ReceivedAt);
        }
        catch (Exception e) when (!store.Engine.IsClash(e))
        {
            // A defect of ours must not cost the sender their mail, nor stop the next one.
            log.LogError(e, "A mail could not be filed and goes into quarantine");
            await transaction.RollbackToSavepointAsync(savepoint);
            db.ChangeTracker.Clear();
            return await FileMail.Quarantine(db, mail with { Raw = mail.Raw.Fresh() }, "intake.failed", e.Message.Storable(2_000), mail.Raw.ReceivedAt);
        }
    }

    private sealed record Pending(PreparedMail Mail)
    {
        public TaskCompletionSource<IntakeOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
