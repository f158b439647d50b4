using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Undo;

/// <summary>Removes from the journal what can no longer be taken back.</summary>
internal sealed class ForgetUndo(Store store, TimeProvider time, ILogger<ForgetUndo> log) : Worker(TimeSpan.FromHours(1), "What can no longer be taken back could not be forgotten", log)
{
    private const int MostAtOnce = 200;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (await Forget(cancel) == MostAtOnce)
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }

    public Task<int> Forget(CancellationToken cancel) => store.Write(
        async db =>
        {
            var before = time.Now() - UndoStep.Lifetime;
            var old = await db.UndoSteps.Where(s => s.At <= before).OrderBy(s => s.At).Select(s => s.Id).Take(MostAtOnce).ToListAsync(cancel);
            await db.UndoSteps.Where(s => old.Contains(s.Id)).ExecuteDeleteAsync(cancel);
            return old.Count;
        },
        cancel);
}
