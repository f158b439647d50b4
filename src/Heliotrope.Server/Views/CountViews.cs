using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Views;

/// <summary>How many conversations somebody finds in a view.</summary>
/// <param name="Id">The view.</param>
/// <param name="Count">A number, or "999+": nobody reads further.</param>
public sealed record ViewCount(long Id, string Count);

/// <summary>Counts the conversations in all views of somebody's, at one moment.</summary>
internal sealed class CountViews(Store store, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<ViewCount>>> Run(Actor actor) => actor.MayRead
        ? await store.Read(actor, async db =>
        {
            var views = (await ReadViews.All(db, actor)).Select(each => each.View).ToList();
            var found = new List<ViewCount>();
            foreach (var some in views.Chunk(ReadViews.MostInMenu))
            {
                found.AddRange((await ReadViews.Counts(db, actor, some, time.Now())).Select(each => new ViewCount(each.Key, each.Value)));
            }

            return found;
        })
        : Refusal.NotAllowed;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/views/counts", async (CountViews count, HttpContext http) => (await count.Run(http.Actor())).ToApi())
        .WithName("countViews").WithSummary("Count the conversations in your views, each up to 999").Answers<IReadOnlyList<ViewCount>>();
}
