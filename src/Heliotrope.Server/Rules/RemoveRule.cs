using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>Removes a rule and the list of its runs. What it did stays, and so do its lines in the conversations.</summary>
internal sealed class RemoveRule(Store store, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<RuleDetails>>> Run(Actor actor, long id, CancellationToken cancel) => actor.MayLead
        ? await store.Write<Result<IReadOnlyList<RuleDetails>>>(
            actor,
            async db =>
            {
                var all = await db.Rules.OrderBy(r => r.Place).ThenBy(r => r.Id).ToListAsync(cancel);
                if (all.Find(r => r.Id == id) is not { } rule)
                {
                    return WriteRule.Unknown(id);
                }

                db.Rules.Remove(rule);
                all.Remove(rule);
                db.Audit.Add(AuditLine.Of(actor, "rule.removed", WriteRule.Named(rule), time.Now()));
                for (var i = 0; i < all.Count; i++)
                {
                    all[i].Place = i + 1;
                }

                return all.ConvertAll(RuleDetails.Of);
            },
            cancel)
        : Refusal.NotAllowed;

    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/rules/{id:long}",
            async (long id, RemoveRule remove, HttpContext http) => (await remove.Run(http.Actor(), id, http.RequestAborted)).ToApi())
        .WithName("removeRule").WithSummary("Remove a rule; for leads and administrators").Answers<IReadOnlyList<RuleDetails>>();
}
