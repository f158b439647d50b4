using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Signing;

/// <summary>Looks each day whether the records of our keys are still in the DNS. A key that was never looked for waits until somebody says that it is published.</summary>
internal sealed class CheckKeys(Store store, TxtRecords dns, TimeProvider time, ILogger<CheckKeys> log) : Worker(TimeSpan.FromHours(1), "The records of signing keys could not be looked for", log)
{
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    public async Task CheckDue(CancellationToken cancel)
    {
        var due = time.Now() - Daily;
        foreach (var key in await store.Read(db => db.SigningKeys.Where(k => k.CheckedAt != null && k.CheckedAt <= due).OrderBy(k => k.Id).ToListAsync(cancel)))
        {
            if (await dns.Hold(key, cancel) is { } found)
            {
                await store.Write(db => Note(db, Actor.System, key.Id, found, time.Now()), cancel);
            }
        }
    }

    /// <summary>Notes what was found; whether the key is still there.</summary>
    public static async Task<bool> Note(HeliotropeDb db, Actor actor, long id, bool found, DateTimeOffset now)
    {
        if (await db.SigningKeys.FirstOrDefaultAsync(k => k.Id == id) is not { } key)
        {
            return false;
        }

        if (key.Active != found || actor.Kind is not ActorKind.System)
        {
            db.Audit.Add(AuditLine.Of(actor, found ? "signing.on" : "signing.off", key.Domain, now));
        }

        (key.Active, key.CheckedAt) = (found, now);
        return true;
    }

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        await CheckDue(cancel);
        return Every;
    }
}
