using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Views;

/// <summary>A view that is no more.</summary>
/// <param name="Id">The id it had.</param>
/// <param name="Undo">Takes it back; null when nothing is there to be taken back.</param>
public sealed record RemovedView(long Id, string? Undo);

/// <summary>Removes a saved view. The conversations in it stay where they are.</summary>
internal sealed class RemoveView(Store store)
{
    public async Task<Result<RemovedView>> Run(Actor actor, long id, CancellationToken cancel)
    {
        var done = await Do(actor, id, cancel);
        return done.Refusal is { } refusal ? refusal : new RemovedView(id, done.Undo);
    }

    public async Task<Done> Do(Actor actor, long id, CancellationToken cancel)
    {
        var name = await store.Read(actor, async db => (await ReadViews.Find(db, actor, id))?.Name);
        return await store.Undoable(
            actor,
            "view-removed",
            async db => await ReadViews.Find(db, actor, id) is { } view ? Remove(db, actor, view) : ListViews.Unknown(id),
            cancel,
            name ?? "");
    }

    private static Refusal? Remove(HeliotropeDb db, Actor actor, SavedView view)
    {
        if (!view.MayChange(actor))
        {
            return Refusal.NotAllowed;
        }

        db.SavedViews.Remove(view);
        return null;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/views/{id:long}",
            async (long id, RemoveView remove, HttpContext http) => (await remove.Run(http.Actor(), id, http.RequestAborted)).ToApi())
        .WithName("removeView").WithSummary("Remove a saved view; the conversations in it stay").Answers<RemovedView>();
}
