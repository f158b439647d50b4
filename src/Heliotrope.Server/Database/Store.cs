using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Live;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Database;

/// <summary>Where operations read and write: one context a call, one transaction a write, and open pages told after the commit.</summary>
internal sealed class Store : IDisposable
{
    /// <summary>Of writers with the same idea each round lets one through, so this is how many at once all succeed.</summary>
    private const int MostTries = 50;
    private readonly IEngine _engine;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _time;
    private readonly WriteGate _gate;
    private readonly Sights _sights;

    public Store(IEngine engine, LiveUpdates live, TimeProvider time) => (_engine, _live, _time, _gate, _sights) = (engine, live, time, engine.CreateGate(), new(engine.Open, live));

    public IEngine Engine => _engine;

    /// <summary>Now (UTC), for what the store itself has to date.</summary>
    public DateTimeOffset Now => _time.Now();

    public HeliotropeDb Open()
    {
        var db = _engine.Open();
        db.Gate = _gate;
        db.HoldCustomer = customer => _engine.HoldCustomers(db, [customer], CancellationToken.None);
        db.SavedAlone = (touched, within) => _live.Publish(touched, within);
        db.HasPrivateTeams = _sights.MayBeAny;
        db.Time = _time;
        return db;
    }

    /// <summary>A database in which what this actor may not see is not there.</summary>
    public async Task<HeliotropeDb> Open(Actor actor)
    {
        var hidden = await _sights.HiddenFrom(actor);
        var db = Open();
        db.HiddenTeams = hidden;
        return db;
    }

    /// <summary>Reads everything: for workers, and for what nobody is shown. Whoever asks for somebody names them.</summary>
    public Task<T> Read<T>(Func<HeliotropeDb, Task<T>> read) => Read(Actor.System, read);

    /// <summary>Reads what this actor may see, and nothing else.</summary>
    public async Task<T> Read<T>(Actor actor, Func<HeliotropeDb, Task<T>> read)
    {
        await using var db = await Open(actor);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(db);
    }

    /// <summary>Whether somebody may see something that others may not; only then must be asked which.</summary>
    public async Task<bool> SeesAll(Actor actor) => (await _sights.HiddenFrom(actor)).Length == 0;

    /// <summary>Of these conversations those that this actor may see.</summary>
    public async Task<IReadOnlyCollection<long>> Seen(Actor actor, IReadOnlyCollection<long> numbers) => numbers.Count == 0 || await SeesAll(actor)
        ? numbers
        : await Read(actor, db => db.Conversations.Where(c => numbers.Contains(c.Number)).Select(c => c.Number).ToListAsync());

    /// <summary>
    /// Runs a change in one transaction and saves it, unless it ends in a refusal: then nothing has changed. When another process had the same idea at the same time,
    /// it runs again on what the other one left: <paramref name="write"/> must change nothing but the database.
    /// </summary>
    public Task<T> Write<T>(Func<HeliotropeDb, Task<T>> write, CancellationToken cancel) => Write(Actor.System, write, cancel);

    /// <summary>The same, in which what this actor may not see is not there.</summary>
    public async Task<T> Write<T>(Actor actor, Func<HeliotropeDb, Task<T>> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnce(actor, write, cancel);
            }
            catch (Exception e) when (attempt < MostTries && _engine.IsClash(e))
            {
                // Again, on fresh data.
            }
        }
    }

    /// <summary>What a write sets off before it commits: the rules. Set at start.</summary>
    public Func<HeliotropeDb, CancellationToken, Task>? Afterwards { get; set; }

    /// <summary>Lets what has been saved so far set off what it sets off, in the same transaction.</summary>
    public Task SetOff(HeliotropeDb db, CancellationToken cancel) => Afterwards is { } afterwards ? afterwards(db, cancel) : Task.CompletedTask;

    /// <summary>The teams whose conversations this actor may not see.</summary>
    public Task<long[]> HiddenFrom(Actor actor) => _sights.HiddenFrom(actor);

    public void Dispose() => _gate.Dispose();

    private async Task<T> WriteOnce<T>(Actor actor, Func<HeliotropeDb, Task<T>> write, CancellationToken cancel)
    {
        HashSet<long> touched, within, notified;
        T result;
        Action? committed;
        var hidden = await _sights.HiddenFrom(actor); // before the gate: reading must not wait for itself
        using (await _gate.Enter(cancel))
        {
            await using var db = Open();
            db.HiddenTeams = hidden;
            db.By = actor;
            db.Happenings = Afterwards is null ? null : new();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            result = await write(db);
            if (result is Refusal or IMayRefuse { Refusal: not null })
            {
                return result;
            }

            await db.SaveChangesAsync(cancel);
            await SetOff(db, cancel);
            await KeepFigures.Write(db, [.. db.Touched], cancel);
            (touched, within, notified) = (db.Touched, db.TouchedWithin, db.Notified);
            if (touched.Count + within.Count + notified.Count > 0)
            {
                await _engine.Announce(db, _live.Pack(touched, within, notified), cancel);
            }

            // From here on a cancelled caller must not leave us unsure whether it was stored.
            await transaction.CommitAsync(CancellationToken.None);
            committed = db.Committed;
        }

        _live.Publish(touched, within, notified);
        committed?.Invoke();
        return result;
    }
}
