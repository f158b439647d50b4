using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>Packs days that are over, so that reports over a long time are quick.</summary>
internal sealed class PackDays(Store store, TimeProvider time, ILogger<PackDays> log) : Worker(TimeSpan.FromMinutes(10), "Days could not be packed for reports", log)
{
    /// <summary>A day is packed when it is so many days old.</summary>
    public const int Young = 3;

    /// <summary>What is older is read one by one.</summary>
    private const int Oldest = 800;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        if (!await store.Read(db => Replaying.IsOn(db, time.Now())))
        {
            await PackAll(cancel);
        }

        return Every;
    }

    /// <summary>Packs what is not packed, the newest first.</summary>
    /// <returns>How many days were packed.</returns>
    public async Task<int> PackAll(CancellationToken cancel)
    {
        var newest = FigureDay.Of(time.Now()) - Young;
        var first = await store.Read(db => db.Conversations.Where(c => c.HappinessStartedAt != null && !c.IsSpam).MinAsync(c => c.HappinessStartedAt, cancel));
        if (first is not { } at)
        {
            return 0;
        }

        var oldest = Math.Max(FigureDay.Of(at), newest - Oldest);
        var packed = await store.Read(db => db.FigureDays.Where(d => d.Packed != null).Select(d => d.Day).ToHashSetAsync(cancel));
        var count = 0;
        for (var day = newest; day >= oldest && !cancel.IsCancellationRequested; day--)
        {
            count += packed.Contains(day) || !await Pack(day, cancel) ? 0 : 1;
        }

        return count;
    }

    /// <summary>The version is read before the figures and asked for again with the result: what changed meanwhile is packed at the next look.</summary>
    private async Task<bool> Pack(int day, CancellationToken cancel)
    {
        await store.Write(db => db.Database.ExecuteSqlAsync($"INSERT INTO figure_days (day, version, packed) VALUES ({day}, 0, NULL) ON CONFLICT (day) DO NOTHING", cancel), cancel);
        var version = await store.Read(db => db.FigureDays.Where(d => d.Day == day).Select(d => d.Version).SingleAsync(cancel));
        var matters = await store.Read(db => ReadMatters.OneByOne(db, FigureDay.StartOf(day), FigureDay.StartOf(day + 1)));
        var bytes = Packed.Of(matters);
        return await store.Write(db => db.FigureDays.Where(d => d.Day == day && d.Version == version).ExecuteUpdateAsync(set => set.SetProperty(d => d.Packed, bytes), cancel), cancel) == 1;
    }
}
