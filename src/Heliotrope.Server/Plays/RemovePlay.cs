using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>A play that is no more.</summary>
/// <param name="Id">The id it had.</param>
public sealed record RemovedPlay(long Id);

/// <summary>Removes a play, or drops one that was suggested. What was said with its words stays said.</summary>
internal sealed class RemovePlay(Store store, TimeProvider time)
{
    public async Task<Result<RemovedPlay>> Run(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayLead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<RemovedPlay>>(
            actor,
            async db =>
            {
                if (await PlayRecords.Known(db).FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } play)
                {
                    return ListPlays.Unknown(id);
                }

                db.Audit.Add(AuditLine.Of(actor, play.State is PlayState.Suggested ? "play.dropped" : "play.removed", string.Create(CultureInfo.InvariantCulture, $"{id} {play.Title}"), time.Now()));
                if (play.EntryId is null)
                {
                    db.Plays.Remove(play);
                }
                else
                {
                    (play.State, play.InUseSince) = (PlayState.Dropped, null); // or the desk would suggest the same reply again
                }

                return new RemovedPlay(id);
            },
            cancel);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/plays/{id:long}", async (long id, RemovePlay remove, HttpContext http) => (await remove.Run(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removePlay").WithSummary("Remove a play, or drop one that was suggested; for leads and administrators").Answers<RemovedPlay>();
}
