using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Moments;

/// <summary>One week of moments.</summary>
public sealed record ConsistencyWeek(DateOnly Monday, int Magic, int Mediocre, int Misery)
{
    /// <summary>How many were graded.</summary>
    public int Of => Magic + Mediocre + Misery;
}

/// <summary>What the page shows: whoever looks sees their own first.</summary>
/// <param name="Span">The weeks.</param>
/// <param name="By">team, channel, driver or person.</param>
/// <param name="Mine">Their own; null for those who answer nobody.</param>
/// <param name="All">All of it.</param>
/// <param name="Weeks">Week by week.</param>
/// <param name="Groups">Apart.</param>
public sealed record ConsistencyView(DaySpan Span, string By, ConsistencyOf? Mine, ConsistencyOf All, IReadOnlyList<ConsistencyWeek> Weeks, IReadOnlyList<ConsistencyOf> Groups);

/// <summary>The page of consistency.</summary>
internal static class ConsistencyEndpoints
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/consistency", async (string? by, Store store, TimeProvider time, Pages pages, HttpContext http) =>
        Pages.Component<ConsistencyPage>(new { Viewer = pages.Viewer(http), View = await Read(store, http.Actor(), time.Now(), by) }));

    public static Task<ConsistencyView> Read(Store store, Actor actor, DateTimeOffset now, string? asked) => store.Read(actor, async db =>
    {
        var by = ConsistencyReport.Breakdowns.FirstOrDefault(b => b == asked) ?? ConsistencyReport.Breakdowns[0];
        var span = HappinessScreen.Span(now);
        var all = await ConsistencyReport.Graded(db, span, new());
        var mine = all.FindAll(m => m.Person == actor.Id);
        var first = HappinessScreen.Monday(span.From);
        var weeks = all.ToLookup(m => (m.Day.DayNumber - first.DayNumber) / 7);
        return new ConsistencyView(
            span, by, mine.Count == 0 ? null : ConsistencyReport.Of("me", actor.Name, mine), ConsistencyReport.Of("all", null, all),
            [.. Enumerable.Range(0, HappinessScreen.WeeksShown).Select(w => Week(first.AddDays(7 * w), [.. weeks[w]]))],
            ConsistencyReport.Groups(by == "person" && !actor.MayLead ? mine : all, by, await Names.Of(db), by == "person" ? await ConsistencyReport.People(db) : [], actor));
    });

    private static ConsistencyWeek Week(DateOnly monday, List<MatterFigures> matters)
    {
        int Count(MomentGrade grade) => matters.Count(m => m.Grade == grade);
        return new(monday, Count(MomentGrade.Magic), Count(MomentGrade.Mediocre), Count(MomentGrade.Misery));
    }
}
