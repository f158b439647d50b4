using Heliotrope.Core;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;

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
/// <param name="Answers">Whether answers came when they were due.</param>
/// <param name="Groups">The same apart for each driver, team, channel or person, what hurts most first, or for each week in order; null when it was not asked for with <c>by</c>.</param>
/// <param name="Friction">What made it hard.</param>
public sealed record HappinessFigures(DateOnly From, DateOnly To, IReadOnlyList<EndReport> Ends, AnswersReport Answers, IReadOnlyList<GroupReport>? Groups = null, FrictionReport? Friction = null)
{
    /// <summary>The three frictions that met most customers.</summary>
    public IReadOnlyList<WorstFriction> Worst { get; init; } = [];
}

/// <summary>Answers against the targets of their teams. What nobody waited for is not counted.</summary>
/// <param name="FirstOnTime">How many first answers came when they were due, or before.</param>
/// <param name="FirstLate">How many came after that.</param>
/// <param name="NextOnTime">How many later answers came when they were due, or before.</param>
/// <param name="NextLate">How many came after that.</param>
public sealed record AnswersReport(int FirstOnTime, int FirstLate, int NextOnTime, int NextLate);

/// <summary>One driver, team, channel, person or week.</summary>
/// <param name="Key">Its id, the channel's name or the week's Monday: what <c>driver</c>, <c>team</c>, <c>channel</c> and <c>person</c> take; "none" for those that have none.</param>
/// <param name="Name">Its name; null for those that have none.</param>
/// <param name="Ends">Each end apart.</param>
/// <param name="Friction">What made it hard.</param>
public sealed record GroupReport(string Key, string? Name, IReadOnlyList<EndReport> Ends, FrictionReport Friction);

/// <summary>Reports speed to happiness (docs/method.md, A1).</summary>
internal sealed class HappinessReport(Store store, TimeProvider time)
{
    private const int MostNumbers = 1_000;
    private const int MostGroups = 500;
    private const int MostDays = 3_660;

    /// <summary>The figures of a span of days.</summary>
    public async Task<Result<HappinessFigures>> Run(Actor actor, DateOnly? from, DateOnly? to, FigureFilter filter, string? by)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        if (by is { Length: > 0 } && by is not "week" && !HappinessScreen.Breakdowns.Contains(by))
        {
            return Refusal.Invalid("by.unknown", "Figures are told apart by driver, team, channel, person or week.", "by");
        }

        var asked = Span(time.Now(), from, to);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var (first, last) = asked.Value;
        return await store.Read(actor, async db =>
        {
            var matters = await Matters.Started(db, first, last, Moments.ConsistencyReport.MaySee(actor, filter, by));
            var answers = new AnswersReport(
                matters.Count(m => m.Answers.First is true), matters.Count(m => m.Answers.First is false), matters.Sum(m => m.Answers.NextKept), matters.Sum(m => m.Answers.NextLate));
            var groups = by is not { Length: > 0 } ? null : by is "week" ? WeeksOf(matters) : GroupsOf(matters, by, await Names.Of(db), by is "person" ? await Moments.ConsistencyReport.People(db) : []);
            return new HappinessFigures(first, last, EndsOf(matters), answers, groups, FrictionReport.Of(matters)) { Worst = Frictions.Worst(matters, 3) };
        });
    }

    /// <summary>The days asked for: the last four weeks where nothing is said.</summary>
    public static Result<DaySpan> Span(DateTimeOffset now, DateOnly? from, DateOnly? to)
    {
        var last = to ?? Zone.DayOf(now);
        return SpanOf(from ?? DateOnly.FromDayNumber(Math.Max(last.DayNumber - 27, 0)), last);
    }

    /// <summary>The days asked for, or why they cannot be counted with.</summary>
    public static Result<DaySpan> SpanOf(DateOnly first, DateOnly last) =>
        !Zone.Counts(first) || !Zone.Counts(last) ? Refusal.Invalid("span.malformed", "A year is between 2 and 9998.", "from")
        : first > last || last.DayNumber - first.DayNumber > MostDays ? Refusal.Invalid("span.malformed", $"The span begins before it ends and has at most {MostDays} days.", "from")
        : new DaySpan(first, last);

    private static List<EndReport> EndsOf(List<MatterFigures> matters) => [.. Enum.GetValues<HappinessEnd>().Select(e => (HappinessEnd?)e).Append(null).Select(end =>
    {
        var those = matters.FindAll(m => m.End == end);
        var spread = Matters.Measure(those, end);
        return new EndReport(end, those.Count, spread?.Median.TotalSeconds, spread?.P90.TotalSeconds, [.. those.Select(m => m.Number).OrderDescending().Take(MostNumbers)]);
    })];

    private static List<GroupReport> WeeksOf(List<MatterFigures> matters) =>
    [
        .. matters.GroupBy(m => HappinessScreen.Monday(m.Day)).OrderBy(g => g.Key).Take(MostGroups)
            .Select(g => (Key: g.Key.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Matters: g.ToList()))
            .Select(g => new GroupReport(g.Key, g.Key, EndsOf(g.Matters), FrictionReport.Of(g.Matters))),
    ];

    private static List<GroupReport> GroupsOf(List<MatterFigures> matters, string by, Names names, Dictionary<long, string> people)
    {
        string? Name(FigureFilter key) => key.Person is { } person ? people.GetValueOrDefault(person) : key.Channel is { } channel ? channel.ToString().ToLowerInvariant() : names.Of(key);
        return
        [
            .. HurtOrder.Sort(matters.GroupedBy(by), g => Matters.Count(g.Matters), g => Matters.Measure(g.Matters, HappinessEnd.Confirmed)?.Median, g => Name(g.Key) ?? "").Take(MostGroups)
                .Select(g => new GroupReport(
                    g.Key.Channel?.ToString().ToLowerInvariant() ?? FigureFilter.Key(g.Key.Team ?? g.Key.Driver ?? g.Key.Person ?? FigureFilter.None), Name(g.Key), EndsOf(g.Matters), FrictionReport.Of(g.Matters))),
        ];
    }

    /// <summary>Under its place among the reports, and where it was before there were others.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "/reports/happiness", "happiness");
        Map(api, "/happiness", "happinessBefore");
    }

    private static void Map(IEndpointRouteBuilder api, string path, string name) => api.MapGet(path,
            async (DateOnly? from, DateOnly? to, string? by, string? team, string? driver, string? channel, string? person, HappinessReport report, HttpContext http) =>
                (await report.Run(http.Actor(), from, to, FigureFilter.Of(team, driver, channel, person), by)).ToApi())
        .WithName(name).WithSummary("Speed to happiness: each end apart, with the conversations behind it").Answers<HappinessFigures>();
}
