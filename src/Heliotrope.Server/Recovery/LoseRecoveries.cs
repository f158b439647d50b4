using Heliotrope.Core.Conversations;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Recovery;

/// <summary>
/// Ends recoveries whose customer has not said that they are confident for the set number of days after our last word. Thanks and silence are no confidence: what was
/// never said is lost, as far as we know, until they say it.
/// </summary>
internal sealed class LoseRecoveries(Store store, TimeProvider time, ILogger<LoseRecoveries> log) : Worker(TimeSpan.FromMinutes(10), "Recoveries that are over could not be looked for", log)
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

    /// <summary>Ends those that are due now.</summary>
    public Task<int> EndSome(CancellationToken cancel) => store.Write(
        async db =>
        {
            var days = (await Organisation.Of(db)).SilentAfterDays;
            var before = time.Now().AddDays(-days);
            var open = db.Figures.Where(f => f.Recovery == RecoveryState.Open).Select(f => f.ConversationNumber);
            var over = await db.Conversations.WithoutSpam()
                .Where(c => open.Contains(c.Number) && c.LastAnswerAt <= before && (c.State == ConversationState.Waiting || c.State == ConversationState.Resolved))
                .OrderBy(c => c.LastAnswerAt).Take(MostAtOnce).ToListAsync(cancel);
            foreach (var conversation in over)
            {
                // Whoever wrote later, such as thanks, has the same time after that.
                var last = await db.Entries.Where(e => e.ConversationNumber == conversation.Number && e.Kind == EntryKind.Message && e.Author != Author.Machine).MaxAsync(e => (DateTimeOffset?)e.At, cancel);
                var at = (last > conversation.LastAnswerAt ? last.Value : conversation.LastAnswerAt!.Value).AddDays(days);
                if (at <= time.Now())
                {
                    conversation.LoseRecovery(at);
                }
            }

            return over.Count(c => c.Entries.Count > 0);
        },
        cancel);
}
