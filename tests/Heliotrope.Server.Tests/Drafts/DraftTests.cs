using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class DraftTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task What_is_being_written_is_there_again_in_another_browser_of_the_same_person(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await server.AddUser("two@desk.example" + engine);
        using var first = server.NewBrowser();
        using var second = server.NewBrowser();
        await first.SignIn("two@desk.example" + engine);
        await second.SignIn("two@desk.example" + engine);
        using var colleague = await server.SignedIn();

        (await Save(first, number, "reply", "Half a sent", ("cc", "bob@client.example"), ("bcc", "boss@desk.example"))).Is(200);
        (await Save(first, number, "note", "Ask Tom.")).Is(200);

        var page = (await second.Get($"/conversations/{number}")).Document;
        Assert.Equal("Half a sent", page.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Equal("Ask Tom.", page.QuerySelector("textarea[data-write=note]")!.TextContent);
        Assert.Equal("bob@client.example", page.QuerySelector("input[name=cc]")!.GetAttribute("value"));
        Assert.Equal("boss@desk.example", page.QuerySelector("input[name=bcc]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector($"#row-{number} .row-draft"));

        var others = (await colleague.Get($"/conversations/{number}")).Document;
        Assert.Equal("", others.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Null(others.QuerySelector($"#row-{number} .row-draft"));
    }

    [Theory, EveryDatabase]
    public async Task Of_two_windows_the_newer_words_win_in_whatever_order_they_arrive(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        (await Save(browser, number, "reply", "The newer words.")).Is(200);
        var late = await Save(browser, number, "reply", "The older words.", ("age", "60000"));
        Assert.Contains("draft.newer", late.Html, StringComparison.Ordinal);
        Assert.Equal("The newer words.", await Kept(browser, number));

        (await Save(browser, number, "reply", "The newest words.")).Is(200);
        Assert.Equal("The newest words.", await Kept(browser, number));
    }

    [Theory, EveryDatabase]
    public async Task An_empty_draft_is_gone_and_so_is_one_that_was_said(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        (await Save(browser, number, "reply", "Words.")).Is(200);
        (await Save(browser, number, "reply", "  ")).Is(200);
        (await Save(browser, number, "note", "Ask Tom.")).Is(200);
        (await browser.Submit($"/conversations/{number}", $"/conversations/{number}/note", ("text", "Ask Tom tomorrow."))).Is(302);
        Assert.Equal(0, await Drafts(server, number));

        (await Save(browser, number, "reply", "Answer.")).Is(200);
        (await browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", "Answer it."))).Is(302);
        Assert.Equal(0, await Drafts(server, number));

        // A save that was under way while they were sent does not bring them back.
        var late = await Save(browser, number, "reply", "Answer.", ("age", "60000"));
        Assert.Contains("draft.sent", late.Html, StringComparison.Ordinal);
        Assert.Equal(0, await Drafts(server, number));
    }

    [Theory, EveryDatabase]
    public async Task A_new_conversation_is_kept_under_an_address_of_its_own(Engine engine)
    {
        var server = await servers.On(engine);
        using var browser = await server.SignedIn();
        var saved = await browser.Submit("/conversations/new", "/conversations/new", "/conversations/new/draft", ("to", "new@client.example"), ("subject", "Your order"), ("text", "Hello"));
        var id = System.Text.Json.JsonDocument.Parse(saved.Is(200).Html).RootElement.GetProperty("draft").GetInt64();

        var page = (await browser.Get($"/conversations/new?draft={id}")).Document;
        Assert.Equal("new@client.example", page.QuerySelector("input[name=to]")!.GetAttribute("value"));
        Assert.Equal("Your order", page.QuerySelector("input[name=subject]")!.GetAttribute("value"));
        Assert.Equal("Hello", page.QuerySelector("textarea[name=text]")!.TextContent);

        using var colleague = await server.SignedIn();
        Assert.Equal(302, (await colleague.Get($"/conversations/new?draft={id}")).Status);
    }

    internal static Task<Page> Save(Browser browser, long number, string kind, string text, params (string Name, string Value)[] more) =>
        browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/draft", [("kind", kind), ("text", text), .. more]);

    private static async Task<string> Kept(Browser browser, long number) =>
        (await browser.Get($"/conversations/{number}")).Document.QuerySelector("textarea[data-write=reply]")!.TextContent;

    private static Task<int> Drafts(TestServer server, long number) => server.Store.Read(db => db.Drafts.CountAsync(d => d.ConversationNumber == number));
}
