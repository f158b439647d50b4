using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Help;

/// <summary>What an article says.</summary>
/// <param name="Title">The question it answers: 1 to 200 characters.</param>
/// <param name="Text">The words, in Markdown: 1 to 100000 characters.</param>
/// <param name="Language">Its language, as a two-letter code.</param>
public sealed record ArticleBody(string? Title, string? Text, string? Language);

/// <summary>Writes an article, or writes it anew. Whoever answers reads them; leads and administrators write them.</summary>
internal sealed class WriteArticle(Store store, TimeProvider time)
{
    /// <param name="actor">Who writes.</param>
    /// <param name="id">Which one is written anew; null for a new one.</param>
    /// <param name="body">What it says.</param>
    /// <param name="cancel">Stops before it is stored.</param>
    public async Task<Result<ArticleDetails>> Run(Actor actor, long? id, ArticleBody body, CancellationToken cancel)
    {
        if (!actor.MayLead)
        {
            return Refusal.NotAllowed;
        }

        var (title, text, language) = (OneLine(body.Title ?? ""), (body.Text ?? "").Trim(), body.Language ?? "");
        if (Wrong(title, text, language) is { } refusal)
        {
            return refusal;
        }

        return await store.Write<Result<ArticleDetails>>(
            async db =>
            {
                var article = id is { } known ? await db.Articles.FirstOrDefaultAsync(a => a.Id == known, cancel) : db.Articles.Add(new()).Entity;
                if (article is null)
                {
                    return ListArticles.Unknown(id!.Value);
                }

                (article.Title, article.Text, article.Language, article.UpdatedAt) = (title.Storable(Article.MaxTitle), text.Storable(Article.MaxText), language, time.Now());
                await db.SaveChangesAsync(cancel);
                db.Audit.Add(AuditLine.Of(actor, id is null ? "article.written" : "article.changed", string.Create(CultureInfo.InvariantCulture, $"{article.Id} {article.Title}"), article.UpdatedAt));
                return new ArticleDetails(article.Id, article.Title, article.Text, article.Language, article.UpdatedAt);
            },
            cancel);
    }

    /// <summary>What keeps these from being an article.</summary>
    public static Refusal? Wrong(string title, string text, string language) =>
        title.Length is 0 or > Article.MaxTitle ? Refusal.Invalid("article.title", $"A title has 1 to {Article.MaxTitle} characters.", "title")
        : text.Length is 0 or > Article.MaxText ? Refusal.Invalid("article.text", $"An article has 1 to {Article.MaxText} characters.", "text")
        : !LanguageGuess.Languages.Contains(language) ? Refusal.Invalid("article.language", $"A language is one of {string.Join(", ", LanguageGuess.Languages)}.", "language")
        : null;

    public static string OneLine(string title) => string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/articles", async (ArticleBody body, WriteArticle write, HttpContext http) => (await write.Run(http.Actor(), null, body, http.RequestAborted)).ToApi())
            .WithName("writeArticle").WithSummary("Write a new article; for leads and administrators").Answers<ArticleDetails>();
        api.MapPost("/articles/{id:long}", async (long id, ArticleBody body, WriteArticle write, HttpContext http) => (await write.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("rewriteArticle").WithSummary("Write an article anew; for leads and administrators").Answers<ArticleDetails>();
    }
}
