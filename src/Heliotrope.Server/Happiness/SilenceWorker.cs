using Heliotrope.Core.Conversations;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Happiness;

/// <summary>Ends the clock of conversations in which the customer has said nothing for the set number of days (docs/method.md, A1).</summary>
internal sealed class SilenceWorker(Store store, TimeProvider time, ILogger<SilenceWorker> log)
    : Worker(TimeSpan.FromMinutes(10), "Silent conversations could not be looked for", log)
{
    private const int MostAtOnce = 200;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (!await store.Read(db => Replaying.IsOn(db, time.Now())) && await EndSome(cancel) == MostAtOnce)
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }

    /// <summary>Ends the clocks that are due now.</summary>
    public Task<int> EndSome(CancellationToken cancel) => store.Write(
        async db =>
        {
            var days = (await Organisation.Of(db)).SilentAfterDays;
            var before = time.Now().AddDays(-days);
            var silent = await db.Conversations.WithoutSpam()
                .Where(c => c.HappinessEnd == null && c.LastAnswerAt <= before && c.HappinessStartedAt != null)
                .Where(c => c.State == ConversationState.Waiting || c.State == ConversationState.Resolved)
                .OrderBy(c => c.LastAnswerAt)
                .Take(MostAtOnce)
                .ToListAsync(cancel);
            foreach (var conversation in silent)
            {
                conversation.FallSilent(conversation.LastAnswerAt!.Value.AddDays(days));
            }

            return silent.Count;
        },
        cancel);
}
