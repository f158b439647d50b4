using Heliotrope.Core.Conversations;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>Tells leads, once, of a conversation that waits past its target and that nobody has.</summary>
internal sealed class UnassignedWatch(Store store, TimeProvider time, ILogger<UnassignedWatch> log)
    : Worker(TimeSpan.FromSeconds(60), "Conversations that nobody has could not be watched", log)
{
    private const int MostAtOnce = 100;

    /// <summary>What was due before is old news, and seen in the queue: after a long stop nobody is flooded.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        if (!await store.Read(db => Replaying.IsOn(db, time.Now())))
        {
            await TellSome(cancel);
        }

        return Every;
    }

    public async Task<int> TellSome(CancellationToken cancel)
    {
        var now = time.Now();
        return await store.Read(db => Late(db, now).AnyAsync(cancel)) && await store.Read(db => db.Users.AnyAsync(u => u.Role == Role.Lead, cancel))
            ? await store.Write(db => Tell(db, now, cancel), cancel)
            : 0;
    }

    private static IQueryable<Conversation> Late(HeliotropeDb db, DateTimeOffset now)
    {
        var since = now - News;
        return db.Conversations.Where(c => !c.IsSpam && c.AnswerDueAt < now && c.AnswerDueAt > since && c.AssigneeId == null && c.State == ConversationState.Open
            && !db.Notifications.Any(n => n.ConversationNumber == c.Number && n.Reason == Reason.Unassigned && n.At >= c.AnswerDueAt));
    }

    private static async Task<int> Tell(HeliotropeDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var late = await Late(db, now).OrderBy(c => c.AnswerDueAt).Take(MostAtOnce).ToListAsync(cancel);
        foreach (var conversation in late)
        {
            foreach (var lead in await Notices.Leads(db, conversation.TeamId))
            {
                await Notify.Write(db, lead, Reason.Unassigned, conversation, conversation.Preview, Actor.System, now);
            }
        }

        return late.Count;
    }
}
