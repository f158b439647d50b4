using Heliotrope.Core;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Moments;

/// <summary>How steady somebody is, or all of us.</summary>
/// <param name="Key">The id of a team, a driver or a person, or a channel's name; "none" for those that have none, "all" for all.</param>
/// <param name="Name">Its name; null for all, and for those that have none.</param>
/// <param name="Magic">How many moments were above average.</param>
/// <param name="Mediocre">How many were average.</param>
/// <param name="Misery">How many were below.</param>
/// <param name="Of">How many were graded.</param>
/// <param name="Share">The share at or above average, from 0 to 1; null where fewer than 20 were graded.</param>
/// <param name="Spread">The standard deviation of the weighed reasons; null where fewer than 20 were graded.</param>
/// <param name="Run">How many of the newest in a row were no misery.</param>
/// <param name="Conversations">The numbers of those that were misery, newest first, up to 1,000.</param>
public sealed record ConsistencyOf(string Key, string? Name, int Magic, int Mediocre, int Misery, int Of, double? Share, double? Spread, int Run, IReadOnlyList<long> Conversations);

/// <summary>Consistency over a span of days, by the day the customer first wrote. Only what has ended is counted.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="All">All of it.</param>
/// <param name="Groups">The same apart; null when it was not asked for with <c>by</c>. By person, everybody sees themselves first, and who does not lead nobody else.</param>
public sealed record ConsistencyFigures(DateOnly From, DateOnly To, ConsistencyOf All, IReadOnlyList<ConsistencyOf>? Groups);

/// <summary>Reports how steadily contacts are at or above what is usual (docs/method.md, A4).</summary>
internal sealed class ConsistencyReport(Store store, TimeProvider time)
{
    public static readonly IReadOnlyList<string> Breakdowns = ["team", "channel", "driver", "person"];

    private const int MostNumbers = 1_000;

    public async Task<Result<ConsistencyFigures>> Run(Actor actor, DateOnly? from, DateOnly? to, FigureFilter filter, string? by)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        if (by is { Length: > 0 } && !Breakdowns.Contains(by))
        {
            return Refusal.Invalid("by.unknown", "Consistency is told apart by team, channel, driver or person.", "by");
        }

        var asked = HappinessReport.Span(time.Now(), from, to);
        return asked.Refusal is { } refusal ? refusal : await store.Read<Result<ConsistencyFigures>>(actor, async db =>
        {
            var matters = await Graded(db, asked.Value, MaySee(actor, filter, by));
            return new ConsistencyFigures(asked.Value.From, asked.Value.To, Of("all", null, matters), by is { Length: > 0 } ? Groups(matters, by, await Names.Of(db), await People(db), actor) : null);
        });
    }

    /// <summary>Somebody else's figures are for who leads.</summary>
    public static FigureFilter MaySee(Actor actor, FigureFilter filter, string? by) =>
        actor.MayLead || (by != "person" && filter.Person is null) ? filter : filter with { Person = actor.Person ?? FigureFilter.None };

    /// <summary>What has ended and was graded, in the order in which it ended.</summary>
    public static async Task<List<MatterFigures>> Graded(HeliotropeDb db, DaySpan span, FigureFilter filter)
    {
        var matters = (await Matters.Started(db, span.From, span.To, filter)).FindAll(m => m.Grade is not null && m.EndedMicro >= 0);
        matters.Sort((a, b) => a.EndedMicro != b.EndedMicro ? a.EndedMicro.CompareTo(b.EndedMicro) : a.Number.CompareTo(b.Number));
        return matters;
    }

    public static List<ConsistencyOf> Groups(List<MatterFigures> matters, string by, Names names, Dictionary<long, string> people, Actor actor) =>
    [
        .. matters.GroupedBy(by).Where(g => by != "person" || g.Key.Person is not FigureFilter.None)
            .Select(g => Of(g.Key.Channel is { } channel ? channel.ToString().ToLowerInvariant() : FigureFilter.Key(g.Key.Team ?? g.Key.Driver ?? g.Key.Person ?? FigureFilter.None), g.Key.Person is { } person ? people.GetValueOrDefault(person) : names.Of(g.Key), g.Matters))
            .OrderByDescending(g => by == "person" && actor.Person is { } me && g.Key == FigureFilter.Key(me)).ThenByDescending(g => g.Of).ThenBy(g => g.Name, StringComparer.Ordinal),
    ];

    public static async Task<Dictionary<long, string>> People(HeliotropeDb db) =>
        await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToDictionaryAsync(db.Users, u => u.Id, u => u.Name);

    public static ConsistencyOf Of(string key, string? name, List<MatterFigures> matters)
    {
        var c = Consistency.Measure(matters.Select(m => (m.Grade!.Value, (int)m.Score)));
        var enough = c.Of >= Consistency.Enough;
        return new(
            key, name, c.Magic, c.Mediocre, c.Misery, c.Of, enough ? (double)c.AtOrAbove / c.Of : null, enough ? c.Spread : null, c.Run,
            [.. matters.Where(m => m.Grade is MomentGrade.Misery).Select(m => m.Number).OrderDescending().Take(MostNumbers)]);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/reports/consistency",
            async (DateOnly? from, DateOnly? to, string? by, string? team, string? driver, string? channel, string? person, ConsistencyReport report, HttpContext http) =>
                (await report.Run(http.Actor(), from, to, FigureFilter.Of(team, driver, channel, person), by)).ToApi())
        .WithName("consistency").WithSummary("How steadily contacts are at or above what is usual").Answers<ConsistencyFigures>();
}
