using Heliotrope.Core;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Recovery;

/// <summary>How often a step was missed in recoveries that are over.</summary>
/// <param name="Name">The step.</param>
/// <param name="Missed">How many missed it.</param>
/// <param name="Conversations">Their numbers, newest first, up to 1,000.</param>
public sealed record MissedStep(RecoveryStepName Name, int Missed, IReadOnlyList<long> Conversations);

/// <summary>How many customers who could have come back did, within the 90 days after; of the year that ends with the last day.</summary>
/// <param name="Stayed">How many wrote or bought again.</param>
/// <param name="Of">Of how many whose 90 days are over.</param>
public sealed record StayedReport(int Stayed, int Of);

/// <summary>Recoveries over a span of days, by the day the customer first wrote.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Open">Those that are open, as numbers, newest first, up to 1,000.</param>
/// <param name="Restored">Those whose customer is confident again.</param>
/// <param name="Lost">Those that ended without that.</param>
/// <param name="MedianSeconds">Half of the restored ones took no longer; null without.</param>
/// <param name="P90Seconds">Nine in ten took no longer; null without.</param>
/// <param name="Steps">The steps, the most often missed first.</param>
/// <param name="AfterRecovery">Customers who stayed after a recovery.</param>
/// <param name="WithoutProblem">Customers who stayed and never had a problem.</param>
public sealed record RecoveriesFigures(
    DateOnly From, DateOnly To, IReadOnlyList<long> Open, IReadOnlyList<long> Restored, IReadOnlyList<long> Lost, double? MedianSeconds, double? P90Seconds, IReadOnlyList<MissedStep> Steps,
    StayedReport AfterRecovery, StayedReport WithoutProblem)
{
    /// <summary>How many are open, whatever is listed.</summary>
    public int OpenCount { get; init; }

    /// <summary>How many were restored.</summary>
    public int RestoredCount { get; init; }

    /// <summary>How many were lost.</summary>
    public int LostCount { get; init; }
}

/// <summary>Reports recoveries (docs/method.md, A2).</summary>
internal sealed class RecoveriesReport(Store store, TimeProvider time)
{
    private const int MostNumbers = 1_000;
    private const int Year = 365;

    /// <summary>So long a customer has to come back to have stayed.</summary>
    private static readonly TimeSpan Stays = TimeSpan.FromDays(90);

    public async Task<Result<RecoveriesFigures>> Run(Actor actor, DateOnly? from, DateOnly? to)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        var asked = HappinessReport.Span(now, from, to);
        return asked.Refusal is { } refusal ? refusal : await store.Read<Result<RecoveriesFigures>>(actor, async db => await Of(db, asked.Value, now));
    }

    public static async Task<RecoveriesFigures> Of(HeliotropeDb db, DaySpan span, DateTimeOffset now)
    {
        var year = span with { From = span.To.DayNumber > Year ? span.To.AddDays(-Year) : span.From };
        var matters = (await Matters.Started(db, span.From, span.To, new())).FindAll(m => m.Recovery is not null);
        var stayed = await Stayed(db, year, now);
        List<MatterFigures> Those(RecoveryState state) => matters.FindAll(m => m.Recovery == state);
        var (open, restored, lost) = (Those(RecoveryState.Open), Those(RecoveryState.Restored), Those(RecoveryState.Lost));
        var took = Spread.Of(restored.Where(m => m.RecoverySeconds >= 0).Select(m => TimeSpan.FromSeconds(m.RecoverySeconds)));
        var over = restored.Concat(lost).ToList();
        var steps = Enum.GetValues<RecoveryStepName>().Select(step => (Step: step, Missed: over.FindAll(m => (m.StepsMissed & (1 << (int)step)) != 0)))
            .OrderByDescending(s => s.Missed.Count).ThenBy(s => s.Step).Select(s => new MissedStep(s.Step, s.Missed.Count, Numbers(s.Missed)));
        return new(
            span.From, span.To, Numbers(open), Numbers(restored), Numbers(lost), took?.Median.TotalSeconds, took?.P90.TotalSeconds, [.. steps], stayed.After, stayed.Without)
        {
            OpenCount = open.Count,
            RestoredCount = restored.Count,
            LostCount = lost.Count,
        };
    }

    /// <summary>
    /// Of customers whose first such matter of the year ended, and whose 90 days after it are over: those who wrote or bought again within them. Read once for both, in one
    /// pass over the conversations of the year.
    /// </summary>
    private static async Task<(StayedReport After, StayedReport Without)> Stayed(HeliotropeDb db, DaySpan year, DateTimeOffset now)
    {
        var (from, known) = (Zone.StartOf(year.From), now - Stays);
        var (after, ended, had, wrote) = (new Dictionary<long, DateTimeOffset>(), new Dictionary<long, DateTimeOffset>(), new HashSet<long>(), new List<(long Customer, DateTimeOffset At)>());
        await foreach (var c in db.Conversations.WithoutSpam().Where(c => c.HappinessStartedAt >= from).AsNoTracking()
            .Select(c => new { c.CustomerId, At = c.HappinessStartedAt!.Value, c.HappinessEndedAt, Recovery = db.Figures.Where(f => f.ConversationNumber == c.Number).Select(f => f.Recovery).FirstOrDefault() }).AsAsyncEnumerable())
        {
            wrote.Add((c.CustomerId, c.At));
            if (c.Recovery is not null)
            {
                had.Add(c.CustomerId);
            }

            if (c.HappinessEndedAt is { } end && end <= known)
            {
                Earliest(ended, c.CustomerId, end);
                if (c.Recovery is RecoveryState.Restored)
                {
                    Earliest(after, c.CustomerId, end);
                }
            }
        }

        wrote.AddRange((await db.Purchases.Where(p => p.At >= from).Select(p => new { p.CustomerId, p.At }).ToListAsync()).Select(p => (p.CustomerId, p.At)));
        foreach (var customer in had)
        {
            ended.Remove(customer);
        }

        return (CameBack(after, wrote), CameBack(ended, wrote));
    }

    private static void Earliest(Dictionary<long, DateTimeOffset> at, long customer, DateTimeOffset end)
    {
        if (!at.TryGetValue(customer, out var before) || end < before)
        {
            at[customer] = end;
        }
    }

    private static StayedReport CameBack(Dictionary<long, DateTimeOffset> ended, List<(long Customer, DateTimeOffset At)> wrote) => new(
        wrote.Where(w => ended.TryGetValue(w.Customer, out var end) && w.At > end && w.At <= end + Stays).Select(w => w.Customer).Distinct().Count(), ended.Count);

    private static IReadOnlyList<long> Numbers(IEnumerable<MatterFigures> matters) => [.. matters.Select(m => m.Number).OrderDescending().Take(MostNumbers)];

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/reports/recoveries",
            async (DateOnly? from, DateOnly? to, RecoveriesReport report, HttpContext http) => (await report.Run(http.Actor(), from, to)).ToApi())
        .WithName("recoveries").WithSummary("Recoveries: restored, lost and open, with the steps most often missed").Answers<RecoveriesFigures>();
}
