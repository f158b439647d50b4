using System.Data.Common;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Undo;

/// <summary>What was taken back.</summary>
/// <param name="What">What it was: the name of the change.</param>
/// <param name="About">About what; empty when nothing needs to be said.</param>
/// <param name="DoneAt">When it had been done (UTC).</param>
public sealed record TakenBack(string What, string About, DateTimeOffset DoneAt);

/// <summary>Takes back what an actor did: every row is as it was, or nothing is changed.</summary>
internal sealed class TakeBack(Store store, TimeProvider time)
{
    private static readonly Refusal Unknown = new(RefusalKind.NotFound, "undo.unknown", "There is nothing of yours that this takes back, or no longer.");

    public async Task<Result<TakenBack>> Run(Actor actor, string token, CancellationToken cancel)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var hash = Tokens.Hash(token.Storable(200));
        return await Take(actor, (db, since) => db.UndoSteps.FirstOrDefaultAsync(s => s.TokenHash == hash && s.At > since, cancel), step => step.IsOf(actor) ? actor.Role < step.Role ? Refusal.NotAllowed : null : Unknown, cancel);
    }

    /// <summary>Takes back what a rule did. Whoever works the conversation may, since nobody did it.</summary>
    public async Task<Result<TakenBack>> OfRule(Actor actor, long id, CancellationToken cancel) => actor.MayWork
        ? await Take(actor, (db, since) => db.UndoSteps.FirstOrDefaultAsync(s => s.Id == id && s.At > since, cancel), step => step.ActorKind is ActorKind.Rule ? null : Unknown, cancel)
        : Refusal.NotAllowed;

    private Task<Result<TakenBack>> Take(Actor actor, Func<HeliotropeDb, DateTimeOffset, Task<UndoStep?>> find, Func<UndoStep, Refusal?> may, CancellationToken cancel) =>
        store.Write<Result<TakenBack>>(
            async db =>
            {
                var now = time.Now();
                if (await find(db, now - UndoStep.Lifetime) is not { } step)
                {
                    return Unknown;
                }

                if (may(step) is { } not)
                {
                    return not;
                }

                if (step.TakenBackAt is not null)
                {
                    return new Refusal(RefusalKind.Conflict, "undo.used", "This has been taken back already.");
                }

                // What was given away and is hidden by now comes back as well: it is theirs to take back.
                var rows = await db.UndoRows.IgnoreQueryFilters().AsNoTracking().Where(r => r.StepId == step.Id).OrderBy(r => r.Id).ToListAsync(cancel);
                if ((rows.Count == step.Rows ? await Put(db, rows, cancel) : PutBack.Changed) is { } refusal)
                {
                    return refusal;
                }

                db.Touched.UnionWith(rows.Select(r => r.ConversationNumber).OfType<long>());
                db.Touched.UnionWith(rows.Where(r => r.InTable == "conversations").Select(r => (long)Shapes.Read(r.Key)[0]));
                if (db.HasPrivateTeams)
                {
                    db.Touched.Add(Live.LiveChange.Settings); // it may have come out of sight of somebody, or into it
                }

                step.TakenBackAt = now;
                await db.UndoRows.IgnoreQueryFilters().Where(r => r.StepId == step.Id).ExecuteDeleteAsync(cancel);
                db.Audit.Add(AuditLine.Of(actor, "change.undone", string.Join(' ', new[] { step.What, step.About }.Where(words => words.Length > 0)), now));
                return new TakenBack(step.What, step.About, step.At);
            },
            cancel);

    private async Task<Refusal?> Put(HeliotropeDb db, List<UndoRow> rows, CancellationToken cancel)
    {
        try
        {
            return await new PutBack(db, store.Engine.Rows, rows, cancel).All();
        }
        catch (DbException e) when (store.Engine.Rows.IsInTheWay(e))
        {
            return PutBack.Changed; // something came since that stands in the place of what would come back
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/undo/{token}",
            async (string token, TakeBack take, HttpContext http) => (await take.Run(http.Actor(), token, http.RequestAborted)).ToApi())
        .WithName("undo").WithSummary("Take back what you did, exactly and once").Answers<TakenBack>();
}
