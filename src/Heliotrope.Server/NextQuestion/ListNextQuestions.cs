using Heliotrope.Core;
using Heliotrope.Core.NextQuestion;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.NextQuestion;

/// <summary>So many out of so many.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Out of how many.</param>
public sealed record ShareDetails(int Count, int Of);

/// <summary>What is said about a driver before anybody asks.</summary>
/// <param name="Article">The article whose words it is; null for words of its own.</param>
/// <param name="Text">Words of its own; empty where an article says it.</param>
/// <param name="Author">Who wrote or chose it.</param>
/// <param name="WrittenAt">When (UTC).</param>
public sealed record NextAnswerDetails(NamedRef? Article, string Text, string Author, DateTimeOffset WrittenAt);

/// <summary>What people ask after something else.</summary>
/// <param name="From">The driver that they had.</param>
/// <param name="To">The driver of what they ask next.</param>
/// <param name="After">Of the conversations with the first driver those that were followed by one with the next, within 30 days.</param>
/// <param name="Otherwise">The same of conversations with any third driver.</param>
/// <param name="Lift">How many times as often as otherwise; null where there is nothing else.</param>
/// <param name="Offered">Whether it is frequent enough to be offered; it is, once it has an answer.</param>
/// <param name="Answer">What is said about it; null while it has no answer.</param>
/// <param name="Added">Of the conversations in which the answer was added those that came back about it; only conversations whose 30 days are over.</param>
/// <param name="Without">The same of those in which it was not added, or for which there was none yet.</param>
/// <param name="EffectSays">Whether there are at least 20 of each to compare.</param>
/// <param name="CountedAt">When it was counted (UTC).</param>
public sealed record NextQuestionDetails(
    NamedRef From, NamedRef To, ShareDetails After, ShareDetails Otherwise, double? Lift, bool Offered, NextAnswerDetails? Answer, ShareDetails Added, ShareDetails Without, bool EffectSays, DateTimeOffset CountedAt);

/// <summary>Reads what people ask next, and the conversations behind each number.</summary>
internal sealed class ListNextQuestions(Store store, TimeProvider time)
{
    /// <summary>More pairs than a desk has that are frequent enough.</summary>
    private const int Most = 2_000;

    /// <summary>More of one pair are no list that anybody reads.</summary>
    private const int MostBehind = 5_000;

    /// <summary>The numbers of a pair, as an address names them.</summary>
    public static IReadOnlyList<string> Figures { get; } = ["after", "added", "added-back", "without", "without-back"];

    public async Task<Result<IReadOnlyList<NextQuestionDetails>>> Run(Actor actor)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<IReadOnlyList<NextQuestionDetails>>>(actor, async db =>
        {
            var names = (await Teams.Names.OfDrivers(db)).ToDictionary(d => d.Id);
            var pairs = await db.NextPairs.Take(Most).ToListAsync();
            var answers = await Answers(db);
            return pairs.Where(p => names.ContainsKey(p.FromDriverId) && names.ContainsKey(p.ToDriverId))
                .Select(p => Of(p, names[p.FromDriverId], names[p.ToDriverId], answers.GetValueOrDefault(p.ToDriverId)))
                .OrderBy(p => p.From.Name, StringComparer.CurrentCulture).ThenBy(p => p.From.Id).ThenByDescending(p => p.Lift ?? 0).ThenBy(p => p.To.Id).ToList();
        });
    }

    /// <summary>The conversations behind a number of a pair: counted anew, as of now.</summary>
    public async Task<Result<(NamedRef From, NamedRef To, BehindRows Rows)>> Behind(Actor actor, long from, long to, string? figure, long? before)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<(NamedRef, NamedRef, BehindRows)>>(actor, async db =>
        {
            var names = (await Teams.Names.OfDrivers(db)).ToDictionary(d => d.Id);
            if (!names.TryGetValue(from, out var first) || !names.TryGetValue(to, out var next))
            {
                return Unknown(from);
            }

            var numbers = await Numbers(db, from, to, figure);
            return (first, next, await BehindRows.Of(db, db.Conversations.Where(c => numbers.Contains(c.Number)), before));
        });
    }

    private async Task<List<long>> Numbers(HeliotropeDb db, long from, long to, string? figure)
    {
        var now = time.Now();
        var counted = CountFollowUps.Counted(db, now);
        var firsts = await CountFollowUps.Visits(counted.Where(c => c.DriverId == from)).ToListAsync();
        var nexts = (await CountFollowUps.Visits(counted.Where(c => c.DriverId == to && db.Conversations.Any(o => o.CustomerId == c.CustomerId && o.DriverId == from))).ToListAsync()).ToLookup(v => v.Customer);
        var added = (await db.NextOffers.Where(o => o.ToDriverId == to && o.AddedAt != null).Select(o => o.ConversationNumber).ToListAsync()).ToHashSet();
        bool Back(Visit visit) => nexts[visit.Customer].Any(visit.IsFollowedBy);
        bool Over(Visit visit) => visit.Until <= now;
        Func<Visit, bool> wanted = figure switch
        {
            "added" => visit => Over(visit) && added.Contains(visit.Number),
            "added-back" => visit => Over(visit) && added.Contains(visit.Number) && Back(visit),
            "without" => visit => Over(visit) && !added.Contains(visit.Number),
            "without-back" => visit => Over(visit) && !added.Contains(visit.Number) && Back(visit),
            _ => Back,
        };
        return [.. firsts.Where(wanted).Select(visit => visit.Number).OrderDescending().Take(MostBehind)];
    }

    /// <summary>The answers that there are, by driver.</summary>
    public static async Task<Dictionary<long, NextAnswerDetails>> Answers(HeliotropeDb db) =>
        (await db.NextAnswers.AsNoTracking().Select(a => new { Answer = a, Title = db.Articles.Where(x => x.Id == a.ArticleId).Select(x => x.Title).FirstOrDefault() }).ToListAsync())
            .ToDictionary(a => a.Answer.DriverId, a => new NextAnswerDetails(a.Answer.ArticleId is { } id ? new(id, a.Title ?? "") : null, a.Answer.Text, a.Answer.AuthorName, a.Answer.WrittenAt));

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "next-question.unknown", $"There is no driver {id} here.");

    private static NextQuestionDetails Of(NextPair pair, NamedRef from, NamedRef to, NextAnswerDetails? answer)
    {
        var found = pair.Found;
        return new(
            from, to, Of(found.After), Of(found.Otherwise), found.Lift, found.IsOffered, answer, Of(found.Effect.Added), Of(found.Effect.Without), found.Effect.Says, pair.CountedAt);
    }

    private static ShareDetails Of(Share share) => new(share.Count, share.Of);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/next-questions", async (ListNextQuestions list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .WithName("listNextQuestions").WithSummary("List what people ask after something else, how much more often than otherwise, and what became of answering it at once").Answers<IReadOnlyList<NextQuestionDetails>>();
}
