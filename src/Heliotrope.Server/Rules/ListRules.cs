using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>One time that a rule ran.</summary>
/// <param name="Id">The id.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Conversation">The conversation's number.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Version">Which version of the rule ran.</param>
/// <param name="Outcome">done, nothing (all was so already) or refused (nothing was changed).</param>
/// <param name="Refusal">The code of the refusal; null when it was not refused.</param>
/// <param name="About">What the refusal names; null when it names nothing.</param>
/// <param name="Acts">What it changed.</param>
/// <param name="Undoable">It can still be taken back.</param>
/// <param name="TakenBack">It was taken back.</param>
public sealed record RuleRunDetails(
    long Id, DateTimeOffset At, long Conversation, string Subject, int Version, RuleOutcome Outcome, string? Refusal, string? About, IReadOnlyList<ActBody> Acts, bool Undoable, bool TakenBack);

/// <summary>A page of runs, newest first.</summary>
/// <param name="Items">The runs.</param>
/// <param name="Next">Ask for what comes after with <c>after</c>; null when nothing does.</param>
public sealed record RuleRunPage(IReadOnlyList<RuleRunDetails> Items, string? Next);

/// <summary>Reads rules and what they did. Whoever reads conversations may know what runs on them.</summary>
internal sealed class ListRules(Store store, TimeProvider time)
{
    private const int PageSize = 50;

    public async Task<Result<IReadOnlyList<RuleDetails>>> Run(Actor actor) => actor.MayRead
        ? (await store.Read(actor, db => db.Rules.OrderBy(r => r.Place).ThenBy(r => r.Id).Take(RuleSet.Most).ToListAsync())).ConvertAll(RuleDetails.Of)
        : Refusal.NotAllowed;

    public async Task<Result<RuleDetails>> One(Actor actor, long id) => !actor.MayRead ? Refusal.NotAllowed
        : await store.Read(actor, db => db.Rules.FirstOrDefaultAsync(r => r.Id == id)) is { } rule ? RuleDetails.Of(rule) : WriteRule.Unknown(id);

    /// <summary>What a rule did in conversations that this actor may see, newest first.</summary>
    public async Task<Result<RuleRunPage>> Runs(Actor actor, long id, string? after)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        long? before = null;
        if (after is { Length: > 0 })
        {
            if (!long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
            {
                return Paging.NoPlace;
            }

            before = given;
        }

        return await store.Read<Result<RuleRunPage>>(actor, async db =>
        {
            if (!await db.Rules.AnyAsync(r => r.Id == id))
            {
                return WriteRule.Unknown(id);
            }

            var since = time.Now() - Undo.UndoStep.Lifetime;
            var rows = await db.RuleRuns.Where(r => r.RuleId == id && (before == null || r.Id < before)).OrderByDescending(r => r.Id).Take(PageSize + 1)
                .Join(db.Conversations, r => r.ConversationNumber, c => c.Number, (r, c) => new
                {
                    Run = r,
                    c.Subject,
                    Undoable = db.UndoSteps.Any(s => s.Id == r.UndoStepId && s.TakenBackAt == null && s.At > since),
                    TakenBack = db.UndoSteps.Any(s => s.Id == r.UndoStepId && s.TakenBackAt != null),
                }).OrderByDescending(r => r.Run.Id).ToListAsync();
            var items = rows.Take(PageSize).Select(row => Details(row.Run, row.Subject, row.Undoable, row.TakenBack)).ToList();
            return new RuleRunPage(items, rows.Count > PageSize ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
        });
    }

    private static RuleRunDetails Details(RuleRun run, string subject, bool undoable, bool takenBack) => new(
        run.Id, run.At, run.ConversationNumber, subject, run.RuleVersion, run.Outcome, run.Refusal.Length > 0 ? run.Refusal : null, run.About.Length > 0 ? run.About : null,
        ActList.FromJson(run.Acts).Match(ActBodies.Write, _ => []), undoable, takenBack);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", async (ListRules list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .WithName("listRules").WithSummary("List the rules in their order").Answers<IReadOnlyList<RuleDetails>>();
        api.MapGet("/rules/{id:long}", async (long id, ListRules list, HttpContext http) => (await list.One(http.Actor(), id)).ToApi())
            .WithName("getRule").WithSummary("Read a rule").Answers<RuleDetails>();
        api.MapGet("/rules/{id:long}/runs", async (long id, string? after, ListRules list, HttpContext http) => (await list.Runs(http.Actor(), id, after)).ToApi())
            .WithName("listRuleRuns").WithSummary("List what a rule did, newest first").Answers<RuleRunPage>();
    }
}

/// <summary>How long what rules did is kept.</summary>
internal static class Kept
{
    /// <summary>Runs and marks are kept for so long.</summary>
    public static readonly TimeSpan Runs = TimeSpan.FromDays(90);

    /// <summary>And so many of one rule.</summary>
    public const int MostRuns = 5_000;
}
