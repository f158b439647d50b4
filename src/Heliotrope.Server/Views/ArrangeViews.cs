using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Views;

/// <summary>Puts a view into somebody's menu or takes it out of it, and moves it among their others. Nobody else's menu changes.</summary>
internal sealed class ArrangeViews(Store store)
{
    /// <param name="actor">Whose menu.</param>
    /// <param name="id">Which view.</param>
    /// <param name="pin">Into the menu or out of it; null to leave it.</param>
    /// <param name="by">How many places it moves: below zero towards the beginning.</param>
    /// <param name="cancel">Stops before it is stored.</param>
    public async Task<Refusal?> Run(Actor actor, long id, bool? pin, int by, CancellationToken cancel)
    {
        if (!actor.MayRead || actor is not { Kind: ActorKind.Person, Id: { } me })
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Refusal?>(
            actor,
            async db =>
            {
                var all = await ReadViews.All(db, actor);
                if (!all.Any(each => each.View.Id == id))
                {
                    return ListViews.Unknown(id);
                }

                var choices = await db.ViewChoices.Where(c => c.UserId == me).ToDictionaryAsync(c => c.ViewId, cancel);
                if (pin is { } pinned)
                {
                    Choice(id).Pinned = pinned;
                }

                if (by != 0)
                {
                    foreach (var (view, position) in Arrangement.Move([.. all.Select(each => each.View.Id)], id, by).Select((view, position) => (view, position)))
                    {
                        Choice(view).Position = position;
                    }
                }

                return null;

                ViewChoice Choice(long view) => choices.TryGetValue(view, out var known) ? known : choices[view] = db.ViewChoices.Add(new() { UserId = me, ViewId = view }).Entity;
            },
            cancel);
    }
}
