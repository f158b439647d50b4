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
        return await store.Write<Result<TakenBack>>(
            async db =>
            {
                var now = time.Now();
                var since = now - UndoStep.Lifetime;
                if (await db.UndoSteps.FirstOrDefaultAsync(s => s.TokenHash == hash && s.At > since, cancel) is not { } step || !step.IsOf(actor))
                {
                    return Unknown;
                }

                if (step.TakenBackAt is not null)
                {
                    return new Refusal(RefusalKind.Conflict, "undo.used", "This has been taken back already.");
                }

                if (actor.Role < step.Role)
                {
                    return Refusal.NotAllowed;
                }

                // What was given away and is hidden by now comes back as well: it is theirs to take back.
                var rows = await db.UndoRows.IgnoreQueryFilters().AsNoTracking().Where(r => r.StepId == step.Id).OrderBy(r => r.Id).ToListAsync(cancel);
                if ((rows.Count == step.Rows ? await Put(db, rows, cancel) : PutBack.Changed) is { } refusal)
                {
                    return refusal;
                }

                db.Touched.UnionWith(rows.Select(r => r.ConversationNumber).OfType<long>());
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
    }

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
