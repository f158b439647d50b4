using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>Counts figures that are not there, as after an upgrade, the oldest first: what is usual is told from those before.</summary>
internal sealed class FigureEarlier(Store store, FigureBell bell, ILogger<FigureEarlier> log) : Worker(TimeSpan.FromHours(1), "Figures of earlier conversations could not be counted", log, bell)
{
    private const int MostAtOnce = 100;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (await CountSome(cancel) == MostAtOnce)
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }

    public Task<int> CountSome(CancellationToken cancel) => store.Write(
        async db =>
        {
            var numbers = await db.Conversations.Where(c => !db.Figures.Any(f => f.ConversationNumber == c.Number)).OrderBy(c => c.HappinessStartedAt).ThenBy(c => c.Number).Take(MostAtOnce).Select(c => c.Number).ToListAsync(cancel);
            await KeepFigures.Write(db, numbers, cancel);
            return numbers.Count;
        },
        cancel);
}
