using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>How promises were kept.</summary>
/// <param name="Key">The id of a team or a person; "none" for those that have none, "all" for all.</param>
/// <param name="Name">Its name; null for all, and for those that have none.</param>
/// <param name="Early">How many were kept before they were due.</param>
/// <param name="OnTime">How many were kept when they were due.</param>
/// <param name="Renegotiated">Of how many the customer was told another time first.</param>
/// <param name="Broken">How many were broken.</param>
/// <param name="Open">How many are open.</param>
/// <param name="Kept">The share kept of those that are decided, from 0 to 1; null while none is.</param>
/// <param name="EarlyShare">The share kept early of those that are decided; null while none is.</param>
/// <param name="ToldFirst">Of those that were not kept as they were made, the share told first; null where there are none.</param>
/// <param name="Conversations">The conversations of the broken ones, newest first, up to 1,000.</param>
public sealed record PromisesOf(
    string Key, string? Name, int Early, int OnTime, int Renegotiated, int Broken, int Open, double? Kept, double? EarlyShare, double? ToldFirst, IReadOnlyList<long> Conversations);

/// <summary>Promises made on the days of a span.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="All">All of them.</param>
/// <param name="Groups">The same apart; null when it was not asked for with <c>by</c>. By person, who does not lead sees only themselves.</param>
public sealed record PromisesFigures(DateOnly From, DateOnly To, PromisesOf All, IReadOnlyList<PromisesOf>? Groups);

/// <summary>Reports how promises were kept (docs/method.md, A3).</summary>
internal sealed class PromisesReport(Store store, TimeProvider time)
{
    private const int MostNumbers = 1_000;

    private sealed record Made(PromiseState State, long Conversation, long Owner, long? Team);

    public async Task<Result<PromisesFigures>> Run(Actor actor, DateOnly? from, DateOnly? to, string? by)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        if (by is { Length: > 0 } and not ("team" or "person"))
        {
            return Refusal.Invalid("by.unknown", "Promises are told apart by team or person.", "by");
        }

        var asked = HappinessReport.Span(time.Now(), from, to);
        return asked.Refusal is { } refusal ? refusal : await store.Read<Result<PromisesFigures>>(actor, async db =>
        {
            var (first, after) = (Zone.StartOf(asked.Value.From), Zone.StartOf(asked.Value.To.AddDays(1)));
            var made = await db.Promises.Where(p => p.MadeAt >= first && p.MadeAt < after)
                .Join(db.Conversations.Where(c => !c.IsSpam), p => p.ConversationNumber, c => c.Number, (p, c) => new Made(p.State, c.Number, p.OwnerId, c.TeamId)).ToListAsync();
            var mine = actor.MayLead || by != "person" ? made : made.FindAll(p => p.Owner == actor.Person);
            var (names, people) = (await Names.Of(db), await db.Users.ToDictionaryAsync(u => u.Id, u => u.Name));
            var groups = by switch
            {
                "team" => made.GroupBy(p => p.Team).Select(g => Of(FigureFilter.Key(g.Key ?? FigureFilter.None), names.Team(g.Key), [.. g])),
                "person" => mine.GroupBy(p => p.Owner).Select(g => Of(FigureFilter.Key(g.Key), people.GetValueOrDefault(g.Key), [.. g])),
                _ => null,
            };
            return new PromisesFigures(asked.Value.From, asked.Value.To, Of("all", null, mine), groups is null ? null : [.. groups.OrderByDescending(g => g.Key == FigureFilter.Key(actor.Person ?? -1)).ThenBy(g => g.Name, StringComparer.Ordinal)]);
        });
    }

    private static PromisesOf Of(string key, string? name, List<Made> made)
    {
        var r = PromiseRecord.Of(made.Select(p => p.State));
        return new(
            key, name, r.Early, r.OnTime, r.Renegotiated, r.Broken, r.Open, Share(r.Kept, r.Decided), Share(r.Early, r.Decided), Share(r.Renegotiated, r.NotAsMade),
            [.. made.Where(p => p.State is PromiseState.Broken).Select(p => p.Conversation).Distinct().OrderDescending().Take(MostNumbers)]);
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/reports/promises",
            async (DateOnly? from, DateOnly? to, string? by, PromisesReport report, HttpContext http) => (await report.Run(http.Actor(), from, to, by)).ToApi())
        .WithName("promisesReport").WithSummary("How promises were kept, and told first").Answers<PromisesFigures>();
}
