using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Bulk;

/// <summary>What became of a conversation.</summary>
internal sealed record Became(long Number, BulkOutcome Outcome);

/// <summary>How far something done to many has come.</summary>
/// <param name="All">What became of each so far.</param>
/// <param name="Undo">Takes all of it back; null when nothing was changed.</param>
/// <param name="Step">The same, as the journal has it.</param>
internal sealed record BulkDone(IReadOnlyList<Became> All, string? Undo, long? Step);

/// <summary>Does acts to many conversations, some at a time. What each batch changed is joined to one step that is taken back as a whole.</summary>
internal sealed class BulkRunner(Store store, Perform perform, OutboxBell bell, TimeProvider time)
{
    /// <summary>Small enough that a reply never waits long for its turn.</summary>
    public const int Batch = 20;

    /// <param name="actor">Who does it.</param>
    /// <param name="numbers">To which.</param>
    /// <param name="acts">What.</param>
    /// <param name="leaveOut">Codes of what keeps a conversation as it is.</param>
    /// <param name="tell">Hears after each batch how far it has come.</param>
    /// <param name="cancel">Stops between two batches: what was done stays done, and can be taken back.</param>
    public async Task<Result<BulkDone>> Run(
        Actor actor, IReadOnlyList<long> numbers, IReadOnlyList<Act> acts, IReadOnlyCollection<string> leaveOut, Func<BulkDone, Task> tell, CancellationToken cancel)
    {
        var done = new BulkDone([], null, null);
        foreach (var some in numbers.Chunk(Batch))
        {
            var batch = await Do(actor, some, acts, leaveOut, cancel);
            if (batch.Refusal is { } refusal)
            {
                return refusal;
            }

            done = await Join(done, batch.Value.Became, batch.Value.Undo, cancel);
            bell.Ring();
            await tell(done);
        }

        return done;
    }

    private async Task<Result<(IReadOnlyList<Became> Became, IReadOnlyList<string> Undo)>> Do(Actor actor, long[] numbers, IReadOnlyList<Act> acts, IReadOnlyCollection<string> leaveOut, CancellationToken cancel)
    {
        var became = new List<Became>();
        var broke = false;
        var done = await store.Undoable(
            actor,
            "bulk",
            async db =>
            {
                became.Clear(); // after a clash it begins again
                broke = false;
                var (book, now) = (await ActBook.Of(db), time.Now());
                var planned = await BulkPlan.Of(db, actor, numbers, acts, leaveOut, book, now);
                if (planned.Refusal is { } refusal)
                {
                    return refusal;
                }

                foreach (var plan in planned.Value)
                {
                    if (plan.Outcome.Effect is Effect.Changes)
                    {
                        var conversation = await db.Conversations.SingleAsync(c => c.Number == plan.Number, cancel);
                        if ((await perform.On(db, conversation, acts, actor, now, book)).Refusal is { } not)
                        {
                            // What was planned could not be done after all. Of a single one nothing stays; of several, each is tried by itself.
                            broke = true;
                            became.Add(new(plan.Number, new(Effect.Refused, not, [])));
                            return not;
                        }
                    }

                    became.Add(new(plan.Number, plan.Outcome));
                }

                return null;
            },
            cancel,
            numbers.Length.ToString(CultureInfo.InvariantCulture));
        if (broke && numbers.Length > 1)
        {
            var (all, undo) = (new List<Became>(), new List<string>());
            foreach (var number in numbers)
            {
                var one = await Do(actor, [number], acts, leaveOut, cancel);
                if (one.Refusal is { } refusal)
                {
                    return refusal;
                }

                all.AddRange(one.Value.Became);
                undo.AddRange(one.Value.Undo);
            }

            return (all, undo);
        }

        return done.Refusal is { } refused && !broke ? refused : ((IReadOnlyList<Became>)became, done.Undo is { } token ? [token] : []);
    }

    /// <summary>What was done, as the end of its words' key.</summary>
    public static string WhatOf(int changed) => changed == 1 ? "bulk-one" : "bulk";

    /// <summary>All of it is one thing that somebody did.</summary>
    private async Task<BulkDone> Join(BulkDone before, IReadOnlyList<Became> became, IReadOnlyList<string> tokens, CancellationToken cancel)
    {
        List<Became> all = [.. before.All, .. became];
        if (tokens.Count == 0)
        {
            return before with { All = all };
        }

        var changed = all.Count(each => each.Outcome.Effect is Effect.Changes);
        var hashes = tokens.Select(Tokens.Hash).ToList();
        var first = before.Step;
        var step = await store.Write(
            async db =>
            {
                var steps = new List<UndoStep>();
                foreach (var hash in hashes)
                {
                    steps.Add(await db.UndoSteps.SingleAsync(s => s.TokenHash == hash, cancel));
                }

                var whole = first is { } id ? await db.UndoSteps.SingleAsync(s => s.Id == id, cancel) : steps[0];
                foreach (var part in steps.Where(part => part.Id != whole.Id))
                {
                    await db.UndoRows.Where(row => row.StepId == part.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.StepId, whole.Id), cancel);
                    whole.Rows += part.Rows;
                    db.UndoSteps.Remove(part);
                }

                (whole.What, whole.About) = (WhatOf(changed), changed.ToString(CultureInfo.InvariantCulture));
                return whole.Id;
            },
            cancel);
        return new(all, before.Undo ?? tokens[0], step);
    }
}
