using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>Takes a suggested play into use as it is, or says of one in use that it still holds.</summary>
internal sealed class AcceptPlay(Store store, TimeProvider time)
{
    public async Task<Result<long>> Run(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayLead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<long>>(
            actor,
            async db =>
            {
                if (await PlayRecords.Known(db).FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } play)
                {
                    return ListPlays.Unknown(id);
                }

                var now = time.Now();
                var action = play.State is PlayState.Suggested ? "play.accepted" : "play.looked-at";
                Take(play, now);
                play.LookedAt = now;
                db.Audit.Add(AuditLine.Of(actor, action, string.Create(CultureInfo.InvariantCulture, $"{id} {play.Title}"), now));
                return id;
            },
            cancel);
    }

    /// <summary>It is in use from now on, if it was not.</summary>
    public static void Take(Play play, DateTimeOffset now)
    {
        if (play.State is not PlayState.InUse)
        {
            (play.State, play.InUseSince) = (PlayState.InUse, now);
        }
    }
}
