using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Views;

/// <summary>Lists the conversations of a view in its order, page by page without losing the place.</summary>
internal sealed class ListInView(Store store, TimeProvider time)
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public async Task<Result<ConversationPageOf>> Run(Actor actor, long id, int? limit, string? after)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        if (limit is < 1 or > LargestPage)
        {
            return Paging.TooMany(LargestPage);
        }

        var place = Place.Read(after);
        if (place is null && !string.IsNullOrEmpty(after))
        {
            return Paging.NoPlace;
        }

        return await store.Read<Result<ConversationPageOf>>(actor, async db =>
        {
            var list = await QueueLists.Of(db, actor, new(id.ToString(CultureInfo.InvariantCulture)), time.Now());
            if (list.Saved is null)
            {
                return ListViews.Unknown(id);
            }

            var most = limit ?? UsualPage;
            var (rows, _, more) = await QueueRows.Page(db, list.Conversations, list.Sort, place, null, most);
            var numbers = rows.ConvertAll(row => row.Number);
            var shown = await ListConversations.Project(db, db.Conversations.Where(c => numbers.Contains(c.Number))).ToDictionaryAsync(row => row.Number);
            return new ConversationPageOf([.. numbers.Where(shown.ContainsKey).Select(number => shown[number])], more ? QueueRows.PlaceOf(rows[^1], list.Sort).ToString() : null);
        });
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/views/{id:long}/conversations",
            async (long id, int? limit, string? after, ListInView list, HttpContext http) => (await list.Run(http.Actor(), id, limit, after)).ToApi())
        .WithName("listInView").WithSummary("List the conversations of a view, in its order").Answers<ConversationPageOf>();
}
