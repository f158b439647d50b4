using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>Finds and reads plays.</summary>
internal sealed class ListPlays(Store store, TimeProvider time)
{
    /// <summary>All, those that are suggested first, else by title.</summary>
    public async Task<Result<IReadOnlyList<PlayDetails>>> Run(Actor actor)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<IReadOnlyList<PlayDetails>>>(actor, async db =>
        {
            var plays = await PlayRecords.Known(db).OrderBy(p => p.Title).ThenBy(p => p.Id).Take(Play.MostInAll).ToListAsync();
            return (await PlayRecords.Of(db, actor, [.. plays.OrderBy(p => p.State)], time.Now())).ToList();
        });
    }

    public async Task<Result<PlayDetails>> Open(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<PlayDetails>>(actor, async db =>
            await PlayRecords.Known(db).FirstOrDefaultAsync(p => p.Id == id) is { } play ? (await PlayRecords.Of(db, actor, [play], time.Now()))[0] : Unknown(id));
    }

    /// <summary>The conversations behind a number of a play.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="id">The play.</param>
    /// <param name="ending">How they ended, as in <c>Ends.All</c>; null for all.</param>
    /// <param name="without">Those in its situation in which it was not used, rather than those in which it was.</param>
    /// <param name="before">Those with a lower number; null for the first.</param>
    public async Task<Result<BehindRows>> Behind(Actor actor, long id, string? ending, bool without, long? before)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<BehindRows>>(actor, async db =>
            await PlayRecords.Known(db).FirstOrDefaultAsync(p => p.Id == id) is not { } play ? Unknown(id)
            : await BehindRows.Of(db, without ? await PlayRecords.Unused(db, actor, play, ending, time.Now()) : PlayRecords.Used(db, id, ending), before));
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "play.unknown", $"There is no play {id}.");

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/plays", async (ListPlays list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .WithName("listPlays").WithSummary("List the plays of the manual, each with how the conversations with it ended").Answers<IReadOnlyList<PlayDetails>>();
        api.MapGet("/plays/{id:long}", async (long id, ListPlays list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getPlay").WithSummary("Read a play").Answers<PlayDetails>();
    }
}
