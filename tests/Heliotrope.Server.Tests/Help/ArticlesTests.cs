using Heliotrope.Core.People;
using Heliotrope.Server.Help;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Help;

public sealed class ArticlesTests
{
    [Theory, EveryDatabase]
    public async Task A_lead_writes_changes_and_removes_an_article_and_the_audit_tells(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lead = await server.ApiAs(Role.Lead);

        var made = (await lead.Post("/api/v1/articles", new { title = "  How do I\nreturn a cup? ", text = "Pack it well.\n\n*Then* send it.", language = "en" })).Is(200).Json;
        var path = $"/api/v1/articles/{made.GetProperty("id").GetInt64()}";
        Assert.Equal("How do I return a cup?", made.Text("title"));
        Assert.Equal("Kaputt", (await lead.Post(path, new { title = "Kaputt", text = "Tut uns leid.", language = "de" })).Is(200).Json.Text("title"));
        Assert.Equal("Tut uns leid.", (await lead.Get(path)).Is(200).Json.Text("text"));
        (await lead.Post(path + "/remove")).Is(200);
        (await lead.Get(path)).IsProblem(404, "article.unknown");
        (await lead.Post(path + "/remove")).IsProblem(404, "article.unknown");
        (await lead.Post(path, new { title = "Kaputt", text = "Tut uns leid.", language = "de" })).IsProblem(404, "article.unknown");

        var audit = await server.Store.Read(db => db.Audit.Where(a => a.Action.StartsWith("article.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
        Assert.Equal(["article.written", "article.changed", "article.removed"], audit);
    }

    [Theory, EveryDatabase]
    public async Task An_agent_reads_articles_and_writes_none(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var id = await Written(server, "Cups", "Pack it.");
        using var agent = await server.ApiAs(Role.Agent);

        Assert.Equal("Pack it.", (await agent.Get($"/api/v1/articles/{id}")).Is(200).Json.Text("text"));
        (await agent.Post("/api/v1/articles", new { title = "Cups", text = "x", language = "en" })).IsProblem(403, "role.insufficient");
        (await agent.Post($"/api/v1/articles/{id}", new { title = "Cups", text = "x", language = "en" })).IsProblem(403, "role.insufficient");
        (await agent.Post($"/api/v1/articles/{id}/remove")).IsProblem(403, "role.insufficient");

        using var desk = await server.SignedIn();
        Assert.Contains("Pack it.", (await desk.Get($"/articles/{id}")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/edit", (await desk.Get($"/articles/{id}")).Html, StringComparison.Ordinal);
        Assert.Equal(403, (await desk.Get("/articles/new")).Status);
        Assert.Equal(403, (await desk.Get($"/articles/{id}/edit")).Status);
    }

    [Theory]
    [EveryDatabase("title", "", "x", "en", "article.title")]
    [EveryDatabase("title", 201, "x", "en", "article.title")]
    [EveryDatabase("text", "x", " \n ", "en", "article.text")]
    [EveryDatabase("text", "x", 100_001, "en", "article.text")]
    [EveryDatabase("language", "x", "x", "elvish", "article.language")]
    public async Task What_nobody_could_use_is_refused(Engine engine, string field, object title, object text, string language, string code)
    {
        await using var server = await TestServer.Start(engine);
        var answer = (await server.Api.Post("/api/v1/articles", new { title = Words(title), text = Words(text), language })).IsProblem(422, code);
        Assert.Equal(field, answer.Json.Text("field"));

        static string Words(object given) => given is int length ? new string('a', length) : (string)given;
    }

    [Theory, EveryDatabase]
    public async Task Every_word_is_looked_for_in_any_case_and_umlauts_are_letters(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Written(server, "Änderung der Rechnung", "Die ADRESSE steht im Konto.", "de");
        await Written(server, "Another invoice", "The address is in your account. 100% safe_words", "en");
        await Written(server, "Cups", "The address of the shop.", "en");

        Assert.Equal(["Änderung der Rechnung"], await Found("q=änderung adresse"));
        Assert.Equal(["Another invoice", "Cups"], await Found("q=ADDRESS"));
        Assert.Equal(["Another invoice"], await Found("q=account  Invoice"));
        Assert.Equal(["Another invoice"], await Found("q=0% safe_"));
        Assert.Empty(await Found("q=0_ safe"));
        Assert.Equal(["Another invoice", "Cups"], await Found("language=en"));
        Assert.Equal(3, (await Found("")).Length);

        async Task<string[]> Found(string query) =>
            [.. (await server.Api.Get("/api/v1/articles?" + query.Replace("q=", "search=", StringComparison.Ordinal).Replace("%", "%25", StringComparison.Ordinal))).Is(200).Json.EnumerateArray().Select(a => a.Text("title"))];
    }

    [Theory, EveryDatabase]
    public async Task A_lead_writes_at_the_desk_and_what_was_typed_is_kept_when_it_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lead = await server.SignedIn(Role.Lead);

        var refused = await lead.Submit("/articles/new", "/articles", ("title", " "), ("text", "<script>alert(1)</script> **Pack** it."), ("language", "en"));
        Assert.Equal(422, refused.Status);
        Assert.Equal("<script>alert(1)</script> **Pack** it.", refused.Document.QuerySelector("textarea")!.TextContent);

        var kept = await lead.Submit("/articles/new", "/articles", ("title", "Cups"), ("text", "<script>alert(1)</script> **Pack** it."), ("language", "en"));
        var page = await lead.Get(kept.Location!);
        Assert.Equal("Pack", page.Document.QuerySelector("article strong")!.TextContent);
        Assert.Null(page.Document.QuerySelector("article script"));
        Assert.Contains("Cups", (await lead.Get("/articles/insert?q=pack")).Document.QuerySelector("turbo-frame a[data-insert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("<script>alert(1)</script> **Pack** it.", (await lead.Get(kept.Location + "/text")).Html);

        Assert.Equal(kept.Location, (await lead.Submit(kept.Location + "/edit", kept.Location!, ("title", "Cups and lids"), ("text", "Both."), ("language", "en"))).Location);
        Assert.Contains("Cups and lids", (await lead.Get("/articles")).Html, StringComparison.Ordinal);
        Assert.Equal("/articles", (await lead.Submit(kept.Location!, kept.Location + "/remove")).Location);
        Assert.Equal(404, (await lead.Get(kept.Location!)).Status);
    }

    private static async Task<long> Written(TestServer server, string title, string text, string language = "en") =>
        (await server.Api.Post("/api/v1/articles", new { title, text, language })).Is(200).Json.GetProperty("id").GetInt64();
}
