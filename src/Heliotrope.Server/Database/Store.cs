using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Live;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Database;

/// <summary>Where operations read and write: one context a call, one transaction a write, and open pages told after the commit.</summary>
internal sealed class Store(IEngine engine, LiveUpdates live, TimeProvider time) : IDisposable
{
    /// <summary>Of writers with the same idea each round lets one through, so this is how many at once all succeed.</summary>
    private const int MostTries = 50;
    private readonly WriteGate _gate = engine.CreateGate();

    public IEngine Engine => engine;

    /// <summary>Now (UTC), for what the store itself has to date.</summary>
    public DateTimeOffset Now => time.Now();

    public HeliotropeDb Open()
    {
        var db = engine.Open();
        db.Gate = _gate;
        db.SavedAlone = live.Publish;
        return db;
    }

    public async Task<T> Read<T>(Func<HeliotropeDb, Task<T>> read)
    {
        await using var db = Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(db);
    }

    /// <summary>Reads what this actor may see, and nothing else.</summary>
    public Task<T> Read<T>(Actor actor, Func<HeliotropeDb, Task<T>> read) => Read(read);

    /// <summary>
    /// Runs a change in one transaction and saves it, unless it ends in a refusal: then nothing has changed. When another process had the same idea at the same time,
    /// it runs again on what the other one left: <paramref name="write"/> must change nothing but the database.
    /// </summary>
    public async Task<T> Write<T>(Func<HeliotropeDb, Task<T>> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnce(write, cancel);
            }
            catch (Exception e) when (attempt < MostTries && engine.IsClash(e))
            {
                // Again, on fresh data.
            }
        }
    }

    /// <summary>The same, in which what this actor may not see is not there.</summary>
    public Task<T> Write<T>(Actor actor, Func<HeliotropeDb, Task<T>> write, CancellationToken cancel) => Write(write, cancel);

    public void Dispose() => _gate.Dispose();

    private async Task<T> WriteOnce<T>(Func<HeliotropeDb, Task<T>> write, CancellationToken cancel)
    {
        HashSet<long> touched, within;
        T result;
        using (await _gate.Enter(cancel))
        {
            await using var db = Open();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            result = await write(db);
            if (result is Refusal or IMayRefuse { Refusal: not null })
            {
                return result;
            }

            await db.SaveChangesAsync(cancel);
            (touched, within) = (db.Touched, db.TouchedWithin);
            if (touched.Count + within.Count > 0)
            {
                await engine.Announce(db, live.Pack(touched, within), cancel);
            }

            // From here on a cancelled caller must not leave us unsure whether it was stored.
            await transaction.CommitAsync(CancellationToken.None);
        }

        live.Publish(touched, within);
        return result;
    }
}
