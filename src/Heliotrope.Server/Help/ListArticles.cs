using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Help;

/// <summary>An article in a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">The question it answers.</param>
/// <param name="Language">Its language, as a two-letter code.</param>
/// <param name="UpdatedAt">When it was last written (UTC).</param>
public sealed record ArticleRow(long Id, string Title, string Language, DateTimeOffset UpdatedAt);

/// <summary>An article with its words.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">The question it answers.</param>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="Language">Its language, as a two-letter code.</param>
/// <param name="UpdatedAt">When it was last written (UTC).</param>
public sealed record ArticleDetails(long Id, string Title, string Text, string Language, DateTimeOffset UpdatedAt);

/// <summary>Finds and reads articles.</summary>
internal sealed class ListArticles(Store store)
{
    /// <summary>More than anybody reads through: a search finds the rest.</summary>
    public const int Most = 100;

    /// <summary>Those that hold every word, in any case, in the order of their titles.</summary>
    public async Task<Result<IReadOnlyList<ArticleRow>>> Run(Actor actor, string? search, string? language)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var words = (search ?? "").Storable(Article.MaxTitle).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return await store.Read<Result<IReadOnlyList<ArticleRow>>>(async db =>
        {
            IQueryable<Article> articles = db.Articles;
            if (LanguageGuess.Languages.Contains(language ?? ""))
            {
                articles = articles.Where(a => a.Language == language);
            }

            articles = articles.OrderBy(a => a.Title).ThenBy(a => a.Id);
            return words.Length == 0 ? await articles.Take(Most).Select(a => new ArticleRow(a.Id, a.Title, a.Language, a.UpdatedAt)).ToListAsync() : await Search(articles, words);
        });
    }

    // The words are compared here: SQLite takes Ä and ä for two letters, and PostgreSQL even A and a.
    private static async Task<List<ArticleRow>> Search(IQueryable<Article> articles, string[] words)
    {
        var found = new List<ArticleRow>();
        await foreach (var article in articles.AsAsyncEnumerable())
        {
            if (Array.TrueForAll(words, word => article.Title.Contains(word, StringComparison.OrdinalIgnoreCase) || article.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(new(article.Id, article.Title, article.Language, article.UpdatedAt));
                if (found.Count == Most)
                {
                    break;
                }
            }
        }

        return found;
    }

    public async Task<Result<ArticleDetails>> Open(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read(db => db.Articles.Where(a => a.Id == id).Select(a => new ArticleDetails(a.Id, a.Title, a.Text, a.Language, a.UpdatedAt)).FirstOrDefaultAsync()) is { } article
            ? article : Unknown(id);
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "article.unknown", $"There is no article {id}.");

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/articles", async (string? search, string? language, ListArticles list, HttpContext http) => (await list.Run(http.Actor(), search, language)).ToApi())
            .WithName("listArticles").WithSummary("List articles by title, up to 100, those that hold every word of a search").Answers<IReadOnlyList<ArticleRow>>();
        api.MapGet("/articles/{id:long}", async (long id, ListArticles list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getArticle").WithSummary("Read an article").Answers<ArticleDetails>();
    }
}
