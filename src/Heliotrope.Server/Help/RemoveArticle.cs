using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Help;

/// <summary>An article that is no more.</summary>
/// <param name="Id">The id it had.</param>
public sealed record RemovedArticle(long Id);

/// <summary>Removes an article. What was said with its words stays said.</summary>
internal sealed class RemoveArticle(Store store, TimeProvider time)
{
    public async Task<Result<RemovedArticle>> Run(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayLead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<RemovedArticle>>(
            async db =>
            {
                if (await db.Articles.FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } article)
                {
                    return ListArticles.Unknown(id);
                }

                db.Articles.Remove(article);
                db.Audit.Add(AuditLine.Of(actor, "article.removed", string.Create(CultureInfo.InvariantCulture, $"{id} {article.Title}"), time.Now()));
                return new RemovedArticle(id);
            },
            cancel);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/articles/{id:long}/remove", async (long id, RemoveArticle remove, HttpContext http) => (await remove.Run(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeArticle").WithSummary("Remove an article; for leads and administrators").Answers<RemovedArticle>();
}
