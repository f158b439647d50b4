using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Help;

/// <summary>The pages of the articles, and their forms.</summary>
internal static class ArticleEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/articles", async (string? q, string? language, ListArticles list, Pages pages, HttpContext http) =>
            (await list.Run(http.Actor(), q, language)).Match(
                rows => Pages.Component<ArticlesPage>(new { Viewer = pages.Viewer(http), View = new ArticlesView(rows, q ?? "", language, MayWrite(http)) }),
                Pages.Refused));

        // What the composer's menu holds; read when it is opened.
        desk.MapGet("/articles/insert", async (string? q, ListArticles list, HttpContext http) =>
            (await list.Run(http.Actor(), q, null)).Match(rows => Pages.Component<InsertList>(new { Rows = rows, Search = q ?? "" }), Pages.Refused));
        desk.MapGet("/articles/new", (Pages pages, HttpContext http) => Form(pages, http, null, FormState.Fresh));
        desk.MapPost("/articles", async ([FromForm] string? title, [FromForm] string? text, [FromForm] string? language, WriteArticle write, Pages pages, HttpContext http) =>
            After(await write.Run(http.Actor(), null, new(title, text, language), http.RequestAborted), pages, http, null, title, text, language));

        var one = desk.MapGroup("/articles/{id:long}");
        one.MapGet("", async (long id, ListArticles list, Pages pages, HttpContext http) => (await list.Open(http.Actor(), id)).Match(
            article => Pages.Component<ArticlePage>(new { Viewer = pages.Viewer(http), View = new ArticleView(article, Conversations.Markdown.ToHtml(article.Text), MayWrite(http)) }),
            Pages.Refused));
        one.MapGet("/text", async (long id, ListArticles list, HttpContext http) => (await list.Open(http.Actor(), id)).Match(
            article => TypedResults.Text(article.Text, "text/plain; charset=utf-8"),
            Pages.Refused));
        one.MapGet("/edit", async (long id, ListArticles list, Pages pages, HttpContext http) => (await list.Open(http.Actor(), id)).Match(
            article => Form(pages, http, id, new(new Dictionary<string, string>(), Values(article.Title, article.Text, article.Language))),
            Pages.Refused));
        one.MapPost("", async (long id, [FromForm] string? title, [FromForm] string? text, [FromForm] string? language, WriteArticle write, Pages pages, HttpContext http) =>
            After(await write.Run(http.Actor(), id, new(title, text, language), http.RequestAborted), pages, http, id, title, text, language));
        one.MapPost("/remove", async (long id, RemoveArticle remove, HttpContext http) =>
            (await remove.Run(http.Actor(), id, http.RequestAborted)).Match(_ => Results.LocalRedirect("/articles"), Pages.Refused));
    }

    private static bool MayWrite(HttpContext http) => http.Actor().MayLead;

    private static Dictionary<string, string> Values(string title, string text, string language) => new() { ["title"] = title, ["text"] = text, ["language"] = language };

    private static IResult Form(Pages pages, HttpContext http, long? id, FormState form, int status = StatusCodes.Status200OK) => MayWrite(http)
        ? Pages.Component<ArticleForm>(new { Viewer = pages.Viewer(http), Id = id, Form = form }, status)
        : Pages.Refused(Refusal.NotAllowed);

    private static IResult After(Result<ArticleDetails> result, Pages pages, HttpContext http, long? id, string? title, string? text, string? language) => result.Match(
        article => Results.LocalRedirect($"/articles/{article.Id}"),
        refusal => refusal.Kind is RefusalKind.Invalid
            ? Form(pages, http, id, Pages.Again(refusal, ("title", title), ("text", text), ("language", language)), StatusCodes.Status422UnprocessableEntity)
            : Pages.Refused(refusal));
}
