using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tags;

/// <summary>A tag.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Conversations">On how many conversations it is, spam left out.</param>
public sealed record TagDetails(string Name, int Conversations);

/// <summary>Lists the tags that are in use.</summary>
internal sealed class ListTags(Store store)
{
    public async Task<Result<IReadOnlyList<TagDetails>>> Run(Actor actor)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var tags = await store.Read(actor, db =>
        {
            var shown = db.Conversations.WithoutSpam();
            return db.Tags.OrderBy(t => t.Name).Take(ChangeTags.MostInAll)
                .Select(t => new TagDetails(t.Name, db.ConversationTags.Count(c => c.TagId == t.Id && shown.Any(x => x.Number == c.ConversationNumber))))
                .ToListAsync();
        });
        return tags.FindAll(t => t.Conversations > 0);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/tags", async (ListTags list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
        .WithName("listTags").WithSummary("List the tags that are in use").Answers<IReadOnlyList<TagDetails>>();
}
