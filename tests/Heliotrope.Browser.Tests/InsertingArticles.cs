using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>An article put into a reply.</summary>
[Collection(InTheBrowser.Name)]
public class InsertingArticles(Chromium chromium)
{
    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public Task Its_words_come_to_the_cursor_and_can_be_taken_back(int width) => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        await journey.Server.Api.Post("/api/v1/articles", new { title = "How do I return a cup?", text = "Pack it well.\nThen send it.", language = "en" });
        await journey.Server.Api.Post("/api/v1/articles", new { title = "Wo ist die Rechnung?", text = "Im Konto.", language = "de" });
        var page = await journey.SignIn(width: width);
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Reply().FillAsync("Hello Ada, ");
        await page.Reply().PressAsync("End");
        await page.Type("|");
        await page.Press("ArrowLeft");

        var menu = page.Locator("[data-insert-menu]");
        if (width > 360)
        {
            await page.Reply().BlurAsync();
            await page.Press("i");
        }
        else
        {
            await menu.Locator("summary").ClickAsync();
        }

        var search = menu.GetByRole(AriaRole.Searchbox);
        await Expect(menu.Locator("a[data-insert]")).ToHaveCountAsync(2);
        await Expect(search).ToBeFocusedAsync();
        await inspect.Of(page, "articles, insert");
        await page.Type("CUP");
        await page.Press("Enter");
        await Expect(menu.Locator("a[data-insert]")).ToHaveCountAsync(1);
        await menu.Locator("a[data-insert]").ClickAsync();

        await Expect(page.Reply()).ToHaveValueAsync("Hello Ada, Pack it well.\nThen send it.|");
        await Expect(page.Reply()).ToBeFocusedAsync();
        await Expect(menu).Not.ToHaveAttributeAsync("open", "");
        await page.Press("Control+z");
        await Expect(page.Reply()).ToHaveValueAsync("Hello Ada, |");
        inspect.FoundNothing();
    }, $"Inserting_an_article_{width}");

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public Task Articles_are_open_to_everybody(int width) => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        var page = await journey.SignIn(width: width);
        await See("/articles", "Articles");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write an article" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("How do I return a cup?");
        await page.GetByLabel("Text").FillAsync("Pack it well.\n\n- in paper\n- in a box");
        await inspect.Of(page, "articles, new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the article" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("How do I return a cup?");
        await inspect.Of(page, "articles, one");
        await See("/articles", "Articles");
        await page.GetByLabel("Words in it").FillAsync("nothing like this");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await inspect.Of(page, "articles, none found");
        inspect.FoundNothing();

        async Task See(string path, string heading)
        {
            await page.GotoAsync(path);
            await Expect(page.Heading()).ToHaveTextAsync(heading);
            await inspect.Of(page, path);
        }
    }, $"Articles_{width}");

    [Fact]
    public Task Without_a_script_the_menu_leads_to_the_articles() => Journey.Walk(chromium, async journey =>
    {
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await journey.Server.AddUser("tom@desk.example", "Tom", Heliotrope.Core.People.Role.Agent, Demo.Password);
        var page = await journey.NewVisitor(scripts: false);
        await EveryPage.SignIn(page, "tom@desk.example");
        await page.Open(number);
        await page.Locator("[data-insert-menu] summary").ClickAsync();
        var link = page.Locator("[data-insert-menu] a");
        await Expect(link).ToBeVisibleAsync();
        await Expect(link).ToHaveAttributeAsync("target", "_blank");
    });
}
