using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Macros;

/// <summary>A macro that is no more.</summary>
/// <param name="Id">The id it had.</param>
public sealed record RemovedMacro(long Id);

/// <summary>Removes a macro. What was said with its words stays said.</summary>
internal sealed class RemoveMacro(Store store, TimeProvider time)
{
    public async Task<Result<RemovedMacro>> Run(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<RemovedMacro>>(
            actor,
            async db =>
            {
                if (await db.MacrosFor(actor).FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } macro)
                {
                    return ListMacros.Unknown(id);
                }

                if (!MacroSight.MayChange(actor, macro))
                {
                    return Refusal.NotAllowed;
                }

                db.Macros.Remove(macro);
                if (macro.OwnerId is null)
                {
                    db.Audit.Add(AuditLine.Of(actor, "macro.removed", string.Create(CultureInfo.InvariantCulture, $"{id} {macro.Name}"), time.Now()));
                }

                return new RemovedMacro(id);
            },
            cancel);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/macros/{id:long}", async (long id, RemoveMacro remove, HttpContext http) => (await remove.Run(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeMacro").WithSummary("Remove a macro").Answers<RemovedMacro>();
}
