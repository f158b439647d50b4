using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Live;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Assignment;

/// <summary>Rung by every change, so that what came is given out within moments.</summary>
internal sealed class AssignBell : Bell
{
    public AssignBell(LiveUpdates live) => live.Changed += change =>
    {
        if (change.All || change.Conversations.Count > 0)
        {
            Ring();
        }
    };
}

/// <summary>
/// Gives out what waits in teams that want it so, the most pressing first; and what somebody has who is away until after its answer is due.
/// When nobody is at work with room it waits, and is given to the first who comes.
/// </summary>
internal sealed class AssignWorker(Store store, AssignBell bell, TimeProvider time, ILogger<AssignWorker> log)
    : Worker(TimeSpan.FromSeconds(15), "Conversations could not be given out", log, bell)
{
    private const int MostAtOnce = 100;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        await GiveSome(cancel);
        return Every;
    }

    /// <summary>Gives out some; how many.</summary>
    public async Task<int> GiveSome(CancellationToken cancel)
    {
        var now = time.Now();
        return !await store.Read(db => Waiting(db, now).AnyAsync(cancel)) || await store.Read(db => Replaying.IsOn(db, now))
            ? 0
            : await store.Write(db => Give(db, now, cancel), cancel);
    }

    private static IQueryable<Conversation> Waiting(HeliotropeDb db, DateTimeOffset now) => QueueLists.NeedsPerson(db.Conversations.WithoutSpam())
        .Where(c => db.Teams.Any(t => t.Id == c.TeamId && t.Assigns)
            && (c.AssigneeId == null || db.Users.Any(u => u.Id == c.AssigneeId && (u.LeftAt != null || (u.Away && (u.AwayUntil == null || (u.AwayUntil > now && u.AwayUntil > c.AnswerDueAt)))))));

    private static async Task<int> Give(HeliotropeDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var waiting = await Waiting(db, now).OrderBy(c => c.Attention).ThenBy(c => c.AnswerDueAt).ThenBy(c => c.Number).Take(MostAtOnce).ToListAsync(cancel);
        var boards = new Dictionary<long, Board>();
        var given = 0;
        foreach (var conversation in waiting)
        {
            var team = conversation.TeamId!.Value;
            var board = boards.TryGetValue(team, out var known) ? known : boards[team] = await Board.Of(db, team);
            given += await board.GiveBest(db, conversation, Actor.System, now) ? 1 : 0;
        }

        return given;
    }
}
