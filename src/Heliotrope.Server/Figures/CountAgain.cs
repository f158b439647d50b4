using Heliotrope.Core.Moments;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>Wakes whoever counts figures that are not there.</summary>
internal sealed class FigureBell : Bell;

/// <summary>Takes figures away that no longer hold for many conversations at once: they are counted again in the background, the oldest first.</summary>
internal static class CountAgain
{
    /// <summary>A driver is about to be gone, and what was usual for it.</summary>
    public static async Task OfDriver(HeliotropeDb db, long driver, CancellationToken cancel)
    {
        await db.Figures.IgnoreQueryFilters().Where(f => db.Conversations.IgnoreQueryFilters().Any(c => c.Number == f.ConversationNumber && c.DriverId == driver)).ExecuteDeleteAsync(cancel);
        await KeepFigures.ForgetDays(db, cancel);
    }

    /// <summary>Much that lies in the past has come: what was usual in weeks of which too little was known is told again, and what was measured by nothing is measured.</summary>
    public static async Task AfterPast(HeliotropeDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var today = FigureDay.Of(now);
        var monday = today - (today % 7);
        var thin = await db.WeekBaselines.Where(b => b.Monday < monday && b.DriverId == WeekBaseline.AnyDriver && b.Channel == "" && b.Of < Baseline.Enough).Select(b => b.Monday).Distinct().ToListAsync(cancel);
        await db.WeekBaselines.Where(b => thin.Contains(b.Monday)).ExecuteDeleteAsync(cancel);
        await db.Figures.IgnoreQueryFilters().Where(f => f.BaselineOf == 0).ExecuteDeleteAsync(cancel);
    }
}
