using Heliotrope.Core;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Recovery;

/// <summary>One outside cause and what it cost.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Open">How many recoveries are open.</param>
/// <param name="Restored">How many were restored.</param>
/// <param name="Lost">How many were lost.</param>
/// <param name="Conversations">Their numbers, newest first, up to 1,000.</param>
public sealed record OutsideCauseReport(string Name, int Open, int Restored, int Lost, IReadOnlyList<long> Conversations)
{
    /// <summary>All of them.</summary>
    public int Total => Open + Restored + Lost;
}

/// <summary>The scoreboard of outside causes over a span of days, by the day the customer first wrote; the most first.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Causes">Each cause.</param>
public sealed record OutsideCausesFigures(DateOnly From, DateOnly To, IReadOnlyList<OutsideCauseReport> Causes);

/// <summary>Counts what others caused (docs/method.md, A2): it feeds the elimination of drivers.</summary>
internal sealed class OutsideCauses(Store store, TimeProvider time)
{
    /// <summary>More than anybody reads through.</summary>
    public const int Most = 500;

    private const int MostNumbers = 1_000;

    public async Task<Result<OutsideCausesFigures>> Run(Actor actor, DateOnly? from, DateOnly? to)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var asked = HappinessReport.Span(time.Now(), from, to);
        return asked.Refusal is { } refusal ? refusal : await store.Read<Result<OutsideCausesFigures>>(actor, async db => new OutsideCausesFigures(asked.Value.From, asked.Value.To, await Of(db, asked.Value)));
    }

    public static async Task<IReadOnlyList<OutsideCauseReport>> Of(HeliotropeDb db, DaySpan span)
    {
        var rows = await BehindFigure.Started(db, span.From, span.To, new())
            .Join(db.Figures.Where(f => f.OutsideCause != "" && f.Recovery != null), c => c.Number, f => f.ConversationNumber, (c, f) => new { c.Number, f.OutsideCause, f.Recovery }).ToListAsync();
        return
        [
            .. rows.GroupBy(r => r.OutsideCause)
                .Select(g => new OutsideCauseReport(
                    g.Key, g.Count(r => r.Recovery is RecoveryState.Open), g.Count(r => r.Recovery is RecoveryState.Restored), g.Count(r => r.Recovery is RecoveryState.Lost),
                    [.. g.Select(r => r.Number).OrderDescending().Take(MostNumbers)]))
                .OrderByDescending(c => c.Total).ThenBy(c => c.Name, StringComparer.Ordinal).Take(Most),
        ];
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/reports/outside-causes",
            async (DateOnly? from, DateOnly? to, OutsideCauses causes, HttpContext http) => (await causes.Run(http.Actor(), from, to)).ToApi())
        .WithName("outsideCauses").WithSummary("What others caused, with the conversations behind it").Answers<OutsideCausesFigures>();
}
