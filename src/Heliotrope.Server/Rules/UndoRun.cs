using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>Takes back what a rule did in one conversation: every row is as it was before, or nothing is changed. Whoever works the conversation may.</summary>
internal sealed class UndoRun(Store store, TakeBack take)
{
    public async Task<Result<TakenBack>> Run(Actor actor, long rule, long run, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var step = await store.Read(actor, db => db.RuleRuns.Where(r => r.Id == run && r.RuleId == rule).Select(r => r.UndoStepId).FirstOrDefaultAsync());
        return step is { } id ? await take.OfRule(actor, id, cancel) : new Refusal(RefusalKind.NotFound, "undo.unknown", "There is nothing here that can be taken back, or no longer.");
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/rules/{id:long}/runs/{run:long}/undo",
            async (long id, long run, UndoRun undo, HttpContext http) => (await undo.Run(http.Actor(), id, run, http.RequestAborted)).ToApi())
        .WithName("undoRuleRun").WithSummary("Take back what a rule did in one conversation, within seven days").Answers<TakenBack>();
}
