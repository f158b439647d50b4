using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Live;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>Wakes whoever imports.</summary>
internal sealed class ImportBell : Bell
{
    /// <summary>Wakes whoever reads through what was brought.</summary>
    public DryRunBell DryRuns { get; } = new();
}

/// <summary>Wakes whoever says what would happen.</summary>
internal sealed class DryRunBell : Bell;

/// <summary>Reads through what was brought, also while something else comes in for hours.</summary>
internal sealed class ImportDryRuns(
    Store store, ImportFiles files, ImportReader reader, ImportBatches batches, ReadTable tables, Current<LearnedWords> learned, ImportBell bell, FigureBell figures, TimeProvider time, ILogger<ImportWorker> log)
    : ImportWorker(store, files, reader, batches, tables, learned, bell, figures, time, log, bell.DryRuns)
{
    protected override ImportState[] AtWork { get; } = [ImportState.Reading];
}

/// <summary>
/// Reads imports through, takes them in and takes them back, in small batches. How far it is stands in the same transaction as what
/// came in, so that a stop at any moment loses nothing and repeats nothing. One process at a time works on an import.
/// </summary>
internal class ImportWorker(
    Store store, ImportFiles files, ImportReader reader, ImportBatches batches, ReadTable tables, Current<LearnedWords> learned, ImportBell bell, FigureBell figures, TimeProvider time, ILogger<ImportWorker> log, Bell? own = null)
    : Worker(TimeSpan.FromSeconds(5), "Imports could not be worked on", log, own ?? bell)
{
    /// <summary>So long an import waits when the process that worked on it is gone.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How often the pages hear of it: each time they are read anew.</summary>
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(2);

    private readonly string _me = $"{Environment.MachineName}/{Guid.NewGuid():N}";
    private long _told;

    /// <summary>What it works on.</summary>
    protected virtual ImportState[] AtWork { get; } = [ImportState.Running, ImportState.Removing];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store.Engine.SingleProcess)
        {
            // No other process uses this database, so whoever held a lease is gone, and whoever sent a file has been cut off.
            await store.Write(db => db.Imports.Where(i => i.LeaseUntil != null).ExecuteUpdateAsync(set => set.SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null), stoppingToken), stoppingToken);
            await store.Write(
                db => db.Imports.Where(i => i.State == ImportState.Uploading)
                    .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Failed).SetProperty(i => i.Problem, "import.cut-off"), stoppingToken),
                stoppingToken);
        }

        await Task.Yield();
        await base.ExecuteAsync(stoppingToken);
    }

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (await Claim(cancel) is { } import)
        {
            await Work(import, cancel);
        }

        return Every;
    }

    /// <summary>Works on one import until it waits for somebody, or is done.</summary>
    public async Task Work(Import import, CancellationToken cancel)
    {
        try
        {
            await (import.State switch
            {
                ImportState.Reading => ReadThrough(import, cancel),
                ImportState.Running => Run(import, cancel),
                _ => Remove(import, cancel),
            });
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            await IsThere(); // otherwise nothing is wrong with the import
            log.LogError(e, "Import {Import} cannot be read", import.Id);
            await End(import, import.State is ImportState.Reading ? ImportState.Failed : ImportState.Stopped, "import.unreadable", cancel);
        }
    }

    /// <summary>The next import that somebody wants worked on; null when there is none.</summary>
    public async Task<Import?> Claim(CancellationToken cancel)
    {
        var (now, states) = (time.Now(), AtWork);
        var due = await store.Read(db => db.Imports.Where(i => states.Contains(i.State) && (i.LeaseUntil == null || i.LeaseUntil <= now || i.LeaseOwner == _me)).OrderBy(i => i.Id).Select(i => new { i.Id, i.State }).ToListAsync(cancel));
        foreach (var id in due.Where(i => i.State is ImportState.Removing || files.AreHere(i.Id)).Select(i => i.Id))
        {
            if (await store.Write(db => Hold(db, id), cancel))
            {
                return await store.Read(db => db.Imports.FirstOrDefaultAsync(i => i.Id == id, cancel));
            }
        }

        return null;
    }

    /// <summary>Takes or renews the lease, and so lets no other process work on it before this transaction ends.</summary>
    private async Task<bool> Hold(HeliotropeDb db, long id)
    {
        var (now, states) = (time.Now(), AtWork);
        return await db.Imports.Where(i => i.Id == id && states.Contains(i.State) && (i.LeaseUntil == null || i.LeaseUntil <= now || i.LeaseOwner == _me))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeaseOwner, _me).SetProperty(i => i.LeaseUntil, now + Lease)) == 1;
    }

    private async Task ReadThrough(Import import, CancellationToken cancel)
    {
        if (files.Unpack(import.Id, import.FileList, cancel) is not { } plain)
        {
            await End(import, ImportState.Failed, "import.archive", cancel);
            return;
        }

        import.FileList = plain;
        import.Source ??= files.SourceOf(import.Id, plain);
        if (import.Source is not { } source)
        {
            await Keep(import, ImportState.Failed, "import.unknown-format", cancel);
            return;
        }

        if (source is ImportSource.Csv && import.Columns.Length == 0)
        {
            var head = tables.Head(import.Id, plain[0]);
            import.ColumnList = CsvColumns.Guess(head.Heads, head.Rows is [var first, ..] ? first : []);
        }

        var (tally, seen) = (new ImportTally(), new ImportSeen());
        import.Origin = import.Origin.Length > 0 ? import.Origin : source.ToString().ToLowerInvariant();
        var told = time.GetTimestamp();
        foreach (var batch in await reader.Read(import, Place.Start, null))
        {
            cancel.ThrowIfCancellationRequested();
            if (batch.Pieces.FirstOrDefault(piece => piece.Account.Length > 0) is { } named && !import.Origin.Contains(':', StringComparison.Ordinal))
            {
                import.Origin = $"{source.ToString().ToLowerInvariant()}:{named.Account}";
            }

            await LookAt(import, batch, tally, seen);
            if (time.GetElapsedTime(told) > Telling)
            {
                told = time.GetTimestamp();
                import.Progress = batch.Pieces[^1].Done;
                if (!await Keep(import, ImportState.Reading, "", cancel))
                {
                    return; // somebody wants it gone
                }
            }
        }

        import.Plan = tally.ToString();
        import.Progress = 0;
        await Keep(import, ImportState.Ready, "", cancel);
    }

    private async Task Run(Import import, CancellationToken cancel)
    {
        foreach (var batch in await reader.Read(import, import.Place, await learned.Get()))
        {
            if (!await TakeOrPart(import.Id, batch, cancel))
            {
                return; // stopped, or taken over by another process
            }
        }

        await store.Write(
            async db =>
            {
                await CountAgain.AfterPast(db, time.Now(), cancel);
                return true;
            },
            cancel);
        await End(import, ImportState.Done, "", cancel);
        figures.Ring();
    }

    /// <summary>What would happen with a batch. What one of its pieces does to all, it does alone to itself.</summary>
    private async Task LookAt(Import import, ImportBatch batch, ImportTally tally, ImportSeen seen)
    {
        try
        {
            await store.Read(async db =>
            {
                await batches.Do(db, import, batch, tally, seen, dry: true);
                return true;
            });
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException or OutOfMemoryException))
        {
            await IsThere();
            log.LogError(e, "{Count} pieces of import {Import} could not be looked at", batch.Pieces.Count, import.Id);
            tally.Leave("failed", batch.Pieces[0].Where, "");
        }
    }

    /// <summary>Takes a batch in. When it cannot be stored each piece is tried alone, and one that cannot is told and left out.</summary>
    private async Task<bool> TakeOrPart(long id, ImportBatch batch, CancellationToken cancel)
    {
        try
        {
            return await store.Write(db => Take(db, id, batch), cancel);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException or OutOfMemoryException))
        {
            await IsThere();
            log.LogError(e, "{Count} pieces of import {Import} could not be stored", batch.Pieces.Count, id);
        }

        if (batch.Pieces.Count == 1)
        {
            var left = batch.Pieces[0] with { Mapped = Mapped.Out("failed", ""), Mails = null };
            return await store.Write(db => Take(db, id, batch with { Pieces = [left], Threads = [] }), cancel);
        }

        foreach (var part in batch.Parts())
        {
            if (!await TakeOrPart(id, part, cancel))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Throws when it is the database that is away: then nothing is wrong with what was to be stored.</summary>
    private Task<int> IsThere() => store.Read(db => db.Imports.CountAsync());

    /// <summary>One batch, and how far it is with it, in one transaction.</summary>
    private async Task<bool> Take(HeliotropeDb db, long id, ImportBatch batch)
    {
        if (!await Hold(db, id))
        {
            return false;
        }

        var import = await db.Imports.SingleAsync(i => i.Id == id);
        if (import.State is not ImportState.Running)
        {
            return false;
        }

        var tally = ImportTally.Of(import.Tally);
        await batches.Do(db, import, batch, tally, new(), dry: false);
        import.Tally = tally.ToString();
        import.Place = batch.Next;
        import.Progress = batch.Pieces[^1].Done;
        await db.SaveChangesAsync();
        Quiet(db);
        return true;
    }

    private async Task Remove(Import import, CancellationToken cancel)
    {
        while (await store.Write(
            async db =>
            {
                if (!await Hold(db, import.Id))
                {
                    return false;
                }

                var more = await TakeBackImport.Some(db, import.Id);
                await db.SaveChangesAsync();
                Quiet(db);
                return more;
            },
            cancel))
        {
            // Until none is left; small batches let others write in between.
        }

        files.Remove(import.Id);
        await End(import, ImportState.Removed, "", cancel);
    }

    /// <summary>Open lists are not to be asked for with every batch; what is set is told at once.</summary>
    private void Quiet(HeliotropeDb db)
    {
        if (time.GetElapsedTime(_told) > Telling)
        {
            _told = time.GetTimestamp();
        }
        else
        {
            db.Touched.RemoveWhere(number => number != LiveChange.Settings);
        }
    }

    /// <summary>Writes down what was found out about an import, unless somebody wants something else of it meanwhile.</summary>
    private Task<bool> Keep(Import found, ImportState state, string problem, CancellationToken cancel) => store.Write(
        async db =>
        {
            if (!await Hold(db, found.Id) || await db.Imports.SingleAsync(i => i.Id == found.Id, cancel) is not { State: ImportState.Reading } import)
            {
                return false;
            }

            (import.Source, import.Origin, import.Files, import.Columns, import.Plan, import.Progress) = (found.Source, found.Origin, found.Files, found.Columns, found.Plan, found.Progress);
            (import.State, import.Problem) = (state, problem);
            if (state is not ImportState.Reading)
            {
                (import.LeaseOwner, import.LeaseUntil) = (null, null); // whoever takes it in need not wait until this has run out
            }

            db.TouchedWithin.Add(Import.News);
            return true;
        },
        cancel);

    private Task<bool> End(Import ended, ImportState state, string problem, CancellationToken cancel) => store.Write(
        async db =>
        {
            if (!await Hold(db, ended.Id))
            {
                return false;
            }

            var import = await db.Imports.SingleAsync(i => i.Id == ended.Id, cancel);
            (import.State, import.Problem, import.EndedAt, import.LeaseOwner, import.LeaseUntil) = (state, problem, time.Now(), null, null);
            db.Audit.Add(AuditLine.Of(Actor.System, $"import.{state.ToString().ToLowerInvariant()}", import.Name.Storable(200), time.Now()));
            db.TouchedWithin.Add(Import.News);
            return true;
        },
        cancel);
}
