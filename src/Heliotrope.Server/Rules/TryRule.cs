using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Rules;
using Heliotrope.Core.Search;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>One of last month's events that would have set a rule off.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Conversation">The conversation's number.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="State">Whose turn it is today.</param>
/// <param name="Acts">What each act would change, on the conversation as it is today.</param>
public sealed record RuleMatch(DateTimeOffset At, long Conversation, string Subject, string Customer, Core.Conversations.ConversationState State, IReadOnlyList<RuleStep> Acts);

/// <summary>What an act would do.</summary>
/// <param name="Kind">The kind of act.</param>
/// <param name="Value">With what; ids for names.</param>
/// <param name="Effect">changes, same (it is so already) or refused.</param>
/// <param name="Refusal">The code of the refusal; null when it is not refused.</param>
public sealed record RuleStep(string Kind, string Value, Effect Effect, string? Refusal);

/// <summary>A rule, tried against the last 30 days.</summary>
/// <param name="From">From when (UTC).</param>
/// <param name="Events">How many events would have set it off to look.</param>
/// <param name="Matched">How many would have matched.</param>
/// <param name="Complete">Everything was counted; false when the time or the number that one try may take was used up, so that there may be more, longer ago.</param>
/// <param name="CountedFrom">How far back it was counted (UTC).</param>
/// <param name="JudgedToday">Those conditions that were judged by what is known today, not by what was known then.</param>
/// <param name="Items">A page of those that would have matched, newest first.</param>
/// <param name="Next">Ask for what comes after with <c>after</c>; null when nothing does.</param>
public sealed record RuleTry(DateTimeOffset From, int Events, int Matched, bool Complete, DateTimeOffset CountedFrom, IReadOnlyList<string> JudgedToday, IReadOnlyList<RuleMatch> Items, string? Next);

/// <summary>Tries a rule against what happened in the last 30 days, without doing anything. A rule can be switched on once its present version has been tried.</summary>
internal sealed class TryRule(Store store, Current<TeamRules> teams, TimeProvider time)
{
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private const int PageSize = 25;

    private const int QueryChunk = 400;

    /// <summary>Operators whose answer does not change with time: what they ask was so when the event came.</summary>
    private static readonly string[] Lasting = ["from", "customer", "subject", "number", "created", "channel"];

    /// <summary>Tries a rule that is kept, and remembers that this version was tried.</summary>
    public async Task<Result<RuleTry>> Run(Actor actor, long id, string? after, CancellationToken cancel)
    {
        var tried = await Show(actor, id, after, cancel);
        if (tried.Refusal is null && actor.MayLead)
        {
            await store.Write(
                actor,
                async db =>
                {
                    if (await db.Rules.FirstOrDefaultAsync(r => r.Id == id, cancel) is { } rule)
                    {
                        rule.TriedVersion = rule.Version;
                    }

                    return true;
                },
                cancel);
        }

        return tried;
    }

    /// <summary>What a try shows, without remembering it.</summary>
    public async Task<Result<RuleTry>> Show(Actor actor, long id, string? after, CancellationToken cancel) => !actor.MayRead ? Refusal.NotAllowed
        : await store.Read<Result<RuleTry>>(actor, async db => await db.Rules.FirstOrDefaultAsync(r => r.Id == id, cancel) is { } rule ? await Try(db, actor, rule, after) : WriteRule.Unknown(id));

    /// <summary>Tries a rule that is not kept.</summary>
    public async Task<Result<RuleTry>> Run(Actor actor, RuleBody body, string? after) => !actor.MayLead ? Refusal.NotAllowed
        : await store.Read<Result<RuleTry>>(actor, async db =>
        {
            var rule = await WriteRule.Read(db, actor, body, time.Now());
            return rule.Refusal is { } refusal ? refusal : await Try(db, actor, rule.Value, after);
        });

    private async Task<Result<RuleTry>> Try(HeliotropeDb db, Actor actor, Rule rule, string? after)
    {
        var before = long.MaxValue;
        if (after is { Length: > 0 } && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return Paging.NoPlace;
        }

        var now = time.Now();
        if (LiveRule.Of(rule, actor) is not { } live)
        {
            return Refusal.Invalid("act.malformed", "This rule cannot be read any more.");
        }

        var past = await PastEvents.Of(db, live, await teams.Get(), now - Month, now);
        var matched = await Matched(db, actor, live, past.Events, now);
        var page = matched.Where(e => e.Entry < before).Take(PageSize + 1).ToList();
        var items = await Rows(db, live, page.Take(PageSize).ToList(), now);
        return new RuleTry(
            now - Month, past.Events.Count, matched.Count, past.Complete, past.From,
            [.. live.Query.Terms.Where(t => t is TextTerm || (t is OperatorTerm term && !Lasting.Contains(term.Operator.Name))).Select(t => t.ToString())],
            items, page.Count > PageSize ? page[PageSize - 1].Entry.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Those whose conversation and message the rule asks for, newest first.</summary>
    private static async Task<List<PastEvent>> Matched(HeliotropeDb db, Actor actor, LiveRule rule, IReadOnlyList<PastEvent> events, DateTimeOffset now)
    {
        var found = new HashSet<long>();
        foreach (var numbers in events.Select(e => e.Conversation).Distinct().Chunk(QueryChunk))
        {
            found.UnionWith(await Search.Matching.On(db, rule.Query, actor, now).Where(c => numbers.Contains(c.Number)).Select(c => c.Number).ToListAsync());
        }

        List<PastEvent> matched = [.. events.Where(e => found.Contains(e.Conversation))];
        if (rule.Plan.Message.Count == 0)
        {
            return matched;
        }

        var held = new HashSet<long>();
        foreach (var entries in matched.Select(e => e.Entry).Chunk(QueryChunk))
        {
            var messages = await RuleBatch.Facts(db, db.Entries.Where(e => entries.Contains(e.Id))).ToListAsync();
            held.UnionWith(messages.Where(m => rule.Plan.Message.All(condition => condition.Holds(m.Message))).Select(m => m.Entry));
        }

        return matched.FindAll(e => held.Contains(e.Entry));
    }

    private static async Task<IReadOnlyList<RuleMatch>> Rows(HeliotropeDb db, LiveRule rule, IReadOnlyList<PastEvent> events, DateTimeOffset now)
    {
        var numbers = events.Select(e => e.Conversation).Distinct().ToList();
        var conversations = await db.Conversations.Include(c => c.Customer).Where(c => numbers.Contains(c.Number)).ToDictionaryAsync(c => c.Number);
        var book = await ActBook.Of(db);
        var plans = new Dictionary<long, IReadOnlyList<RuleStep>>();
        foreach (var (number, conversation) in conversations)
        {
            plans[number] = (await Perform.Plan(db, conversation, rule.Plan.Acts, rule.Actor, now, book)).Match<IReadOnlyList<RuleStep>>(
                steps => [.. steps.Select(step => new RuleStep(step.Act.Code, step.Act.Value, step.Effect, step.Refusal?.Code))],
                refusal => [new("", "", Effect.Refused, refusal.Code)]);
        }

        return [.. events.Where(e => conversations.ContainsKey(e.Conversation)).Select(e =>
        {
            var conversation = conversations[e.Conversation];
            return new RuleMatch(e.At, e.Conversation, conversation.Subject, conversation.Customer!.Name, conversation.State, plans[e.Conversation]);
        })];
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rules/{id:long}/try", async (long id, string? after, TryRule tries, HttpContext http) => (await tries.Run(http.Actor(), id, after, http.RequestAborted)).ToApi())
            .WithName("tryRule").WithSummary("Try a rule against the last 30 days, doing nothing; once its present version is tried it can be switched on").Answers<RuleTry>();
        api.MapPost("/rules/try", async (TryRuleBody body, string? after, TryRule tries, HttpContext http) => (await tries.Run(http.Actor(), body.Rule ?? new(), after)).ToApi())
            .WithName("tryUnkeptRule").WithSummary("Try a rule that is not kept; for leads and administrators").Answers<RuleTry>();
    }
}

/// <summary>A rule to be tried.</summary>
/// <param name="Rule">The rule; its name may be left out.</param>
public sealed record TryRuleBody(RuleBody? Rule);
