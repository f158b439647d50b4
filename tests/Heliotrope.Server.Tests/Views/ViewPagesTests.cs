using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Views;

/// <summary>The pages of the saved views, without a script.</summary>
public sealed class ViewPagesTests
{
    private static string Query(string location) => Uri.UnescapeDataString(location.Split("q=")[1].Split('&')[0]);

    [Theory, EveryDatabase]
    public async Task A_view_is_made_by_choosing_without_knowing_the_language(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/teams", new { name = "Beans \"and\" orders" })).Is(200);
        var number = (await server.AddConversations(1))[0];
        using var desk = await server.SignedIn();

        async Task<string> Press(string page, params (string, string)[] fields)
        {
            var shown = (await desk.Get(page)).Document;
            var held = new[] { "name", "q" }.Where(name => fields.All(f => f.Item1 != name)).Select(name => (name, shown.QuerySelector($"#view-form [name={name}]")!.GetAttribute("value") ?? ""));
            return (await desk.Submit(page, "/views/form", [.. held, .. fields])).Location!;
        }

        var at = await Press("/views/new", ("add", "is:open"), ("name", "Sad & loud"));
        Assert.Equal("is:open", Query(at));
        at = await Press(at, ("add", "feeling:bad"));
        at = await Press(at, ("add", "feeling:mixed"));
        Assert.Equal("is:open feeling:bad,mixed", Query(at));
        var team = (await desk.Get(at)).Document.QuerySelectorAll("#field-team button").Single(b => b.TextContent.Contains("Beans", StringComparison.Ordinal)).GetAttribute("value")!;
        at = await Press(at, ("add", team));
        at = await Press(at, ("turn", "2"));
        at = await Press(at, ("put", "from"), ("typed-from", " ada  \"x\" "));
        Assert.Equal("is:open feeling:bad,mixed -team:\"Beans \\\"and\\\" orders\" from:\"ada x\"", Query(at));
        var parts = (await desk.Get(at)).Document.QuerySelectorAll(".view-parts > li > span").Select(p => p.TextContent);
        Assert.Equal(["State: needs a person", "How they feel: bad or mixed", "not Belongs to: Beans \"and\" orders", "Written by: ada x"], parts);
        at = await Press(at, ("drop", "3"));
        at = await Press(at, ("drop", "1"));
        var preview = (await desk.Get(at)).Document;
        Assert.NotNull(preview.QuerySelector($"#row-{number}"));
        Assert.Empty(preview.QuerySelectorAll("[name=share]")); // agents share nothing

        var saved = await Press(at, ("do", "save"), ("order", "oldest"));
        Assert.StartsWith("/conversations?view=", saved, StringComparison.Ordinal);
        var list = (await desk.Get(saved)).Document;
        Assert.Contains("Sad & loud", list.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Oldest first", list.QuerySelector(".queue-head")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sad & loud", list.QuerySelector("turbo-frame#saved-views")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", (await desk.Get("/views/menu")).Document.QuerySelector(".num")!.TextContent);
        Assert.Equal("1", list.QuerySelector("h1 .count")!.TextContent);

        using var tom = await server.SignedIn();
        Assert.DoesNotContain("Sad &amp; loud", (await tom.Get("/views")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Sad &amp; loud", (await tom.Get(saved)).Html, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_was_typed_is_kept_when_it_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var desk = await server.SignedIn();
        var refused = await desk.Submit("/views/new", "/views/form", ("do", "save"), ("name", " "), ("q", "is:open <script>"));
        Assert.Equal(422, refused.Status);
        Assert.Equal("is:open <script>", refused.Document.QuerySelector("#view-q")!.GetAttribute("value"));
        Assert.Contains("1 to 60", refused.Document.QuerySelector(".wrong")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Each_arranges_their_own_menu_and_nobody_elses(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var name in (string[])["First", "Second", "Third"])
        {
            (await server.Api.Post("/api/v1/views", new { name })).Is(200);
        }

        using var priya = await server.SignedIn();
        using var tom = await server.SignedIn();
        async Task<string[]> Menu(Browser desk) => [.. (await desk.Get("/views/menu")).Document.QuerySelectorAll("a > span:first-child").Select(span => span.TextContent)];
        var third = (await priya.Get("/views")).Document.QuerySelectorAll(".ledger > li")[2].Id![5..];
        await priya.Submit("/views", $"/views/{third}/move", ("by", "-1"));
        await priya.Submit("/views", $"/views/{third}/move", ("by", "-1"));
        Assert.Equal(["Third", "First", "Second"], await Menu(priya));
        await priya.Submit("/views", $"/views/{third}/pin", ("pin", "no"));
        Assert.Equal(["First", "Second"], await Menu(priya));
        Assert.Equal(["First", "Second", "Third"], await Menu(tom));
        await priya.Submit("/views", $"/views/{third}/pin", ("pin", "yes"));
        Assert.Equal(["Third", "First", "Second"], await Menu(priya));
    }

    [Theory, EveryDatabase]
    public async Task A_lead_shares_and_removes_and_takes_that_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lead = await server.SignedIn(Role.Lead);
        using var agent = await server.SignedIn();
        var saved = (await lead.Submit("/views/new", "/views/form", ("do", "save"), ("name", "For all"), ("q", "is:open"), ("share", "everybody"))).Location!;
        var id = saved.Split('=')[1];
        Assert.Contains("For all", (await agent.Get("/views")).Html, StringComparison.Ordinal);
        Assert.Equal(403, (await agent.Get($"/views/{id}/edit")).Status);
        Assert.Equal("/views", (await lead.Submit("/views", $"/views/{id}/remove")).Location);
        var after = (await lead.Get("/views")).Document;
        Assert.Empty(after.QuerySelectorAll(".ledger > li"));
        await lead.Submit("/views", "/undo");
        Assert.Contains("For all", (await agent.Get("/views")).Html, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Any_list_can_be_saved_as_a_view_that_finds_the_same(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var numbers = await server.AddConversations(3);
        (await server.Api.Post($"/api/v1/conversations/{numbers[1]}/tags", new { add = new[] { "von Ada" } })).Is(200);
        using var desk = await server.SignedIn();
        foreach (var list in (string[])["/conversations?tag=von%20Ada", "/conversations?view=all&team=none&channel=mail&tag=von%20Ada", "/conversations?q=is%3Aopen&tag=von%20Ada"])
        {
            var save = (await desk.Get(list)).Document.QuerySelector("#views a[href^='/views/new?']")!.GetAttribute("href")!;
            var preview = (await desk.Get(save)).Document;
            Assert.Equal([$"row-{numbers[1]}"], preview.QuerySelectorAll(".rows > li").Select(row => row.Id!));
            Assert.Empty(preview.QuerySelectorAll(".view-form .wrong"));
        }
    }
}
