using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Bulk;

/// <summary>What is to be done to many conversations.</summary>
/// <param name="Query">Which, in the language of the search: the first 1000 of them, where something happened last first.</param>
/// <param name="Numbers">Which, by number; instead of a query.</param>
/// <param name="Acts">What to do to each: all of it, or none.</param>
/// <param name="DryRun">Say what would change, and change nothing.</param>
/// <param name="LeaveOut">Which conversations stay as they are: <c>promise-open</c> for those in which a promise is still to be kept.</param>
public sealed record BulkBody(
    string? Query = null, IReadOnlyList<long>? Numbers = null, IReadOnlyList<ActBody?>? Acts = null, bool DryRun = false, IReadOnlyList<string?>? LeaveOut = null);

/// <summary>What became of one of many conversations.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Effect">changes, same (it was so already) or refused.</param>
/// <param name="Code">Why it was refused, as a stable code; null when it was not.</param>
/// <param name="Detail">The same as an English sentence.</param>
/// <param name="Beware">What to know about it, as codes such as <c>promise-open</c>.</param>
public sealed record BulkResult(long Number, Effect Effect, string? Code, string? Detail, IReadOnlyList<string> Beware);

/// <summary>What became of many conversations.</summary>
/// <param name="Changed">How many were changed, or would be.</param>
/// <param name="Same">How many were so already.</param>
/// <param name="Refused">How many could not be changed; they stay as they are.</param>
/// <param name="More">There were more than can be changed at once; those were left alone.</param>
/// <param name="DryRun">Nothing was changed.</param>
/// <param name="Items">What became of each.</param>
/// <param name="Undo">Takes all of it back; null when nothing was changed.</param>
public sealed record BulkDetails(int Changed, int Same, int Refused, bool More, bool DryRun, IReadOnlyList<BulkResult> Items, string? Undo);

/// <summary>Does the same to many conversations, in small batches so that others write in between; or says what it would do.</summary>
internal sealed class BulkChange(Store store, BulkRunner runner, TimeProvider time)
{
    public async Task<Result<BulkDetails>> Run(Actor actor, BulkBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        if ((body.Numbers is null) == (body.Query is null))
        {
            return Refusal.Invalid("bulk.which", "Say which conversations: either a query or numbers.", "query");
        }

        var acts = ActBodies.Read(body.Acts, ActUse.Many);
        if (acts.Refusal is { } refusal)
        {
            return refusal;
        }

        if (acts.Value.Count == 0)
        {
            return Refusal.Invalid("bulk.no-acts", "Say what to do.", "acts");
        }

        var leaveOut = (body.LeaveOut ?? []).OfType<string>().Take(ActList.Most).ToHashSet();
        var (selected, planned) = await Plan(actor, body, acts.Value, leaveOut);
        if ((selected.Refusal ?? planned.Refusal) is { } no)
        {
            return no;
        }

        if (body.DryRun)
        {
            return Details(planned.Value.Select(plan => new Became(plan.Number, plan.Outcome)), selected.Value, dryRun: true, null);
        }

        var done = await runner.Run(actor, selected.Value.Numbers, acts.Value, leaveOut, _ => Task.CompletedTask, cancel);
        return done.Refusal is { } refused ? refused : Details(done.Value.All, selected.Value, dryRun: false, done.Value.Undo);
    }

    private Task<(Result<Selection> Selected, Result<IReadOnlyList<Planned>> Planned)> Plan(Actor actor, BulkBody body, IReadOnlyList<Act> acts, HashSet<string> leaveOut) => store.Read(actor, async db =>
    {
        var now = time.Now();
        var selected = body.Numbers is { } numbers ? await Selection.Of(db, numbers) : await Selection.Of(db, actor, Query.Read(body.Query), now);
        return (selected, selected.Refusal is { } refusal ? (Result<IReadOnlyList<Planned>>)refusal : await BulkPlan.Of(db, actor, selected.Value.Numbers, acts, leaveOut, await ActBook.Of(db), now));
    });

    private static BulkDetails Details(IEnumerable<Became> became, Selection selection, bool dryRun, string? undo)
    {
        var items = became.Select(each => new BulkResult(each.Number, each.Outcome.Effect, each.Outcome.Refusal?.Code, each.Outcome.Refusal?.Detail, each.Outcome.Beware))
            .Concat(selection.Unknown.Select(number => Refusal.NoConversation(number) is var unknown ? new BulkResult(number, Effect.Refused, unknown.Code, unknown.Detail, []) : null!))
            .ToList();
        int Count(Effect effect) => items.Count(item => item.Effect == effect);
        return new(Count(Effect.Changes), Count(Effect.Same), Count(Effect.Refused), selection.More, dryRun, items, undo);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/bulk", async (BulkBody body, BulkChange change, HttpContext http) => (await change.Run(http.Actor(), body, http.RequestAborted)).ToApi())
        .WithName("changeMany").WithSummary("Do the same to many conversations, up to 1000 at once, or say what would change").Answers<BulkDetails>();
}
