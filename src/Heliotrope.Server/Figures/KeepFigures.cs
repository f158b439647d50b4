using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>
/// Counts the figures of conversations anew in the transaction that changes them, from what lies in the database then. No operation knows of it: whatever way something
/// came about, its conversation was touched.
/// </summary>
internal static class KeepFigures
{
    private const int MostAtOnce = 200;

    public static async Task Write(HeliotropeDb db, IReadOnlyCollection<long> touched, CancellationToken cancel)
    {
        var baselines = new Baselines(db);
        foreach (var numbers in touched.Where(number => number > 0).Order().Chunk(MostAtOnce))
        {
            var told = await Histories.Of(db, numbers);
            var kept = await db.Figures.IgnoreQueryFilters().AsNoTracking().Where(f => numbers.Contains(f.ConversationNumber)).ToDictionaryAsync(f => f.ConversationNumber, cancel);
            foreach (var one in told)
            {
                var figures = await Of(one, baselines);
                if (!kept.TryGetValue(figures.ConversationNumber, out var before))
                {
                    db.Entry(figures).State = EntityState.Added;
                }
                else if (before != figures)
                {
                    db.Entry(figures).State = EntityState.Modified;
                }
            }

            await Unpack(db, told, cancel);
            await db.SaveChangesAsync(cancel);
            foreach (var entry in db.ChangeTracker.Entries<ConversationFigures>().ToList())
            {
                entry.State = EntityState.Detached; // they are counted anew each time
            }
        }
    }

    /// <summary>The figures of one conversation, against what was usual when it began.</summary>
    public static async Task<ConversationFigures> Of(Told told, Baselines baselines) => ConversationFigures.Of(
        told.History,
        told.History.Clock.StartedAt is { } started ? await baselines.For(started, told.Demo, told.DriverId, told.Channel) : null);

    /// <summary>
    /// The days on which one of their customers wrote are read one by one from now on: on one of them it starts, or started before. Days so young are packed by nobody,
    /// and many write at once on them.
    /// </summary>
    private static async Task Unpack(HeliotropeDb db, List<Told> told, CancellationToken cancel)
    {
        var young = FigureDay.Of((db.Time ?? TimeProvider.System).GetUtcNow()) - PackDays.Young + 2; // a day more than is packed: the day may turn before this is committed
        var days = told.SelectMany(t => t.History.Happened.Where(h => h.Kind is EntryKind.Message && h.Direction is Direction.In).Select(h => h.At).Append(t.History.Clock.StartedAt ?? DateTimeOffset.MaxValue))
            .Where(at => at < DateTimeOffset.MaxValue).Select(FigureDay.Of).Where(day => day < young).Distinct().Order();
        foreach (var day in days)
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO figure_days (day, version, packed) VALUES ({day}, 1, NULL) ON CONFLICT (day) DO UPDATE SET version = figure_days.version + 1, packed = NULL", cancel);
        }
    }

    /// <summary>Conversations are gone, and with them what is known of their days: all are packed anew.</summary>
    public static Task<int> ForgetDays(HeliotropeDb db, CancellationToken cancel) => db.FigureDays.ExecuteDeleteAsync(cancel);
}
