using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>An article put into a reply.</summary>
public class InsertingArticles(Chromium chromium) : IClassFixture<Chromium>
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

    [Fact]
    public Task Its_words_come_too_late_for_a_conversation_that_is_open_no_more() => Journey.Walk(chromium, async journey =>
    {
        await journey.Server.Api.Post("/api/v1/articles", new { title = "How do I return a cup?", text = "Pack it well.", language = "en" });
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await Expect(page.Row(other)).ToBeVisibleAsync();
        var gate = await Gate.Before(page, "/text$");
        await page.Press("i");
        await page.Locator("a[data-insert]").ClickAsync();
        await gate.Reached;
        await page.Row(other).GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync($"**/conversations/{other}?*");
        await page.Press("r");
        await Expect(page.Reply()).ToBeFocusedAsync();

        await page.RunAndWaitForRequestFinishedAsync(() => Task.Run(gate.Open), new() { Predicate = request => request.Url.EndsWith("/text", StringComparison.Ordinal) });
        await page.EvaluateAsync("() => new Promise(done => setTimeout(done))"); // its words have been read by now
        await page.Write(page.Reply(), "Hello");
    });

    [Fact]
    public Task Without_a_script_the_menu_leads_to_the_articles() => Journey.Walk(chromium, async journey =>
    {
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await journey.Server.AddUser("tom@desk.example", "Tom", Heliotrope.Core.People.Role.Agent, Demo.Password);
        var page = await journey.NewVisitor(scripts: false);
        await page.SignIn("tom@desk.example");
        await page.Open(number);
        await page.Locator("[data-insert-menu] summary").ClickAsync();
        var link = page.Locator("[data-insert-menu] a");
        await Expect(link).ToBeVisibleAsync();
        await Expect(link).ToHaveAttributeAsync("target", "_blank");
    });
}
