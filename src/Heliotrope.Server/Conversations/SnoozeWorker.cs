using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Brings back conversations whose date has come.</summary>
internal sealed class SnoozeWorker(Store store, Current<TeamRules> rules, TimeProvider time, ILogger<SnoozeWorker> log)
    : Worker(TimeSpan.FromSeconds(20), "Conversations whose date has come could not be brought back", log)
{
    private const int MostAtOnce = 200;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (!await store.Read(db => Replaying.IsOn(db, time.Now())) && await WakeSome(cancel) == MostAtOnce)
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }

    /// <summary>Those whose date has come by an instant.</summary>
    public static IQueryable<Conversation> Due(HeliotropeDb db, DateTimeOffset at) =>
        db.Conversations.WithoutSpam().Where(c => c.SnoozedUntil <= at && c.State == ConversationState.Snoozed);

    /// <summary>Brings back those whose date has come by now. What rests in the spam folder stays there.</summary>
    public Task<int> WakeSome(CancellationToken cancel) => store.Write(
        async db =>
        {
            var now = time.Now();
            var due = await Due(db, now)
                .OrderBy(c => c.SnoozedUntil)
                .Take(MostAtOnce)
                .ToListAsync(cancel);
            var current = await rules.Get();
            foreach (var conversation in due)
            {
                conversation.Wake(now, current.For(conversation));
            }

            return due.Count;
        },
        cancel);
}
