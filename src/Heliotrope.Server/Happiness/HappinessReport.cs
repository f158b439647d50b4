using Heliotrope.Core;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Happiness;

/// <summary>The conversations of a span of time that ended in one way.</summary>
/// <param name="End">confirmed, thanked, silent or unhappy; null for those that have not ended.</param>
/// <param name="Count">How many.</param>
/// <param name="MedianSeconds">Half of them took no longer; null when there are none.</param>
/// <param name="P90Seconds">Nine in ten took no longer; null when there are none.</param>
/// <param name="Conversations">Their numbers, newest first, up to 1,000.</param>
public sealed record EndReport(HappinessEnd? End, int Count, double? MedianSeconds, double? P90Seconds, IReadOnlyList<long> Conversations);

/// <summary>Speed to happiness over a span of time, by the day the customer first wrote. The ends are never added together.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Ends">Each end apart.</param>
public sealed record HappinessFigures(DateOnly From, DateOnly To, IReadOnlyList<EndReport> Ends);

/// <summary>Reports speed to happiness (docs/method.md, A1).</summary>
internal sealed class HappinessReport(Store store, TimeProvider time)
{
    private const int WeeksShown = 12;
    private const int MostDots = 19;
    private const int MostNumbers = 1_000;
    private const int MostDays = 3_660;

    private sealed record Matter(long Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, HappinessEnd? End);

    /// <summary>What the page shows: the weeks up to now.</summary>
    public Task<HappinessView> Page() => store.Read(async db =>
    {
        var today = Zone.DayOf(time.Now());
        var thisMonday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = thisMonday.AddDays(-7 * (WeeksShown - 1));
        var matters = await Started(db, first, today);

        // Weeks before anybody wrote would be an empty half of the plot.
        if (matters.Count > 0)
        {
            var earliest = Zone.DayOf(matters.Min(m => m.StartedAt));
            while (first.AddDays(7) <= earliest)
            {
                first = first.AddDays(7);
            }
        }

        var byWeek = matters.ToLookup(m => (Zone.DayOf(m.StartedAt).DayNumber - first.DayNumber) / 7);
        var weeks = Enumerable.Range(0, ((thisMonday.DayNumber - first.DayNumber) / 7) + 1).Select(w => Week(first.AddDays(7 * w), byWeek[w].ToList())).ToList();
        var dots = matters.Count is > 0 and <= MostDots ? await Dots(db, matters) : null;
        return new HappinessView(weeks, dots, (await Organisation.Of(db)).SilentAfterDays);
    });

    /// <summary>The figures of a span of days.</summary>
    public async Task<Result<HappinessFigures>> Run(Actor actor, DateOnly? from, DateOnly? to)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        if ((from is { } a && !Zone.Counts(a)) || (to is { } b && !Zone.Counts(b)))
        {
            return Refusal.Invalid("span.malformed", "A year is between 2 and 9998.", "from");
        }

        var last = to ?? Zone.DayOf(time.Now());
        var first = from ?? DateOnly.FromDayNumber(Math.Max(last.DayNumber - 27, 0));
        if (first > last || last.DayNumber - first.DayNumber > MostDays)
        {
            return Refusal.Invalid("span.malformed", $"The span begins before it ends and has at most {MostDays} days.", "from");
        }

        return await store.Read(async db =>
        {
            var matters = await Started(db, first, last);
            var ends = Enum.GetValues<HappinessEnd>().Select(e => (HappinessEnd?)e).Append(null).Select(end =>
            {
                var those = matters.FindAll(m => m.End == end);
                var spread = Measure(those);
                return new EndReport(end, those.Count, spread?.Median.TotalSeconds, spread?.P90.TotalSeconds, [.. those.OrderByDescending(m => m.Number).Take(MostNumbers).Select(m => m.Number)]);
            });
            return new HappinessFigures(first, last, ends.ToList());
        });
    }

    private static Task<List<Matter>> Started(HeliotropeDb db, DateOnly first, DateOnly last)
    {
        var (from, to) = (Zone.StartOf(first), Zone.StartOf(last.AddDays(1)));
        return db.Conversations
            .Where(c => !c.IsSpam && c.HappinessStartedAt >= from && c.HappinessStartedAt < to)
            .Select(c => new Matter(c.Number, c.HappinessStartedAt!.Value, c.HappinessEndedAt, c.HappinessEnd))
            .ToListAsync();
    }

    private static HappinessWeek Week(DateOnly monday, List<Matter> matters)
    {
        EndFigures Of(HappinessEnd end)
        {
            var those = matters.FindAll(m => m.End == end);
            var spread = Measure(those);
            return new(those.Count, spread?.Median, spread?.P90);
        }

        return new(monday, Of(HappinessEnd.Confirmed), Of(HappinessEnd.Thanked), Of(HappinessEnd.Silent), Of(HappinessEnd.Unhappy), matters.Count(m => m.End is null));
    }

    private static Spread? Measure(IEnumerable<Matter> matters) => Spread.Of(matters.Where(m => m.EndedAt is not null).Select(m => m.EndedAt!.Value - m.StartedAt));

    private async Task<IReadOnlyList<HappinessDot>> Dots(HeliotropeDb db, List<Matter> matters)
    {
        var numbers = matters.ConvertAll(m => m.Number);
        var names = await db.Conversations.Where(c => numbers.Contains(c.Number)).Select(c => new { c.Number, c.Customer!.Name }).ToDictionaryAsync(c => c.Number, c => c.Name);
        var now = time.Now();
        return matters.ConvertAll(m => new HappinessDot(m.Number, names[m.Number], m.End?.ToString().ToLowerInvariant(), (m.EndedAt ?? now) - m.StartedAt));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/happiness",
            async (DateOnly? from, DateOnly? to, HappinessReport report, HttpContext http) => (await report.Run(http.Actor(), from, to)).ToApi())
        .WithName("happiness").WithSummary("Speed to happiness: each end apart, with the conversations behind it").Answers<HappinessFigures>();
}
