using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>Keys, and what stays as it was while a page is renewed.</summary>
public class AtTheDesk(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task E_resolves_and_opens_again_and_U_goes_back_to_the_queue() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);

        await page.Press("e");
        await Expect(page.Meta()).ToContainTextAsync("Resolved by us");
        await Expect(page.Entries()).ToContainTextAsync("Priya Nair resolved this");
        await page.Press("e");
        await Expect(page.Meta()).ToContainTextAsync("Open");
        await Expect(page.Entries()).ToContainTextAsync("Opened again by Priya Nair");

        await page.Press("u");
        await page.WaitForURLAsync("**/conversations");
        await Expect(page.Heading()).ToContainTextAsync("Needs a person");
        await page.Press("k");
        await Expect(page.Row(number).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
    });

    [Fact]
    public Task A_question_mark_shows_the_map_of_keys_and_Escape_closes_it() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);

        await page.Press("?");
        var map = page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Expect(map).ToContainTextAsync("Send and resolve");

        // Nothing behind the map hears a key, and news do not close it.
        await page.Press("e");
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(other)).ToBeVisibleAsync();
        await Expect(map).ToBeVisibleAsync();
        await page.Press("Escape");
        await Expect(map).ToBeHiddenAsync();
        Assert.Equal("open", (await journey.Server.Api.Conversation(number)).Text("state"));
    });

    [Fact]
    public Task Single_keys_are_letters_while_somebody_writes_and_can_be_switched_off() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);

        await page.Press("r");
        await page.Write(page.Reply(), "jkurnea?");
        await Expect(page.Locator("#keys")).ToBeHiddenAsync();
        await Expect(page.Subject()).ToBeVisibleAsync();
        await page.Reply().FillAsync("");

        await page.TabTo(page.Locator(".scroll.from-end"), "Shift+Tab");
        await page.Press("?");
        await page.GetByLabel("Use single keys").UncheckAsync();
        await page.Press("Escape");
        await page.Press("n");
        await page.Press("u");
        await Expect(page.Note()).ToBeHiddenAsync();
        await page.ReloadAsync();
        await page.Press("?");
        await Expect(page.Locator("#keys")).ToBeHiddenAsync();
        Assert.Equal("open", (await journey.Server.Api.Conversation(number)).Text("state"));
    });

    [Fact]
    public Task What_is_being_written_and_what_is_unfolded_stays_while_the_page_is_renewed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail with { Text = "It still hums.\n\nOn Monday, Priya wrote:\n> Please hold the switch." });
        await page.Open(number);
        var quote = page.Locator("details[id^=quote]");
        await quote.Locator("summary").ClickAsync();
        await Expect(quote).ToContainTextAsync("Please hold the switch.");
        await page.Press("r");
        await page.Write(page.Reply(), "Half a sent");
        await page.MustStay();

        await journey.Receive(mail.Answer("One more thing: it is the red one.", mail.MessageId));

        await Expect(page.Entries()).ToContainTextAsync("it is the red one");
        await Expect(quote).ToHaveAttributeAsync("open", "");
        await Expect(page.Reply()).ToBeFocusedAsync();
        await page.Type("ence.");
        await Expect(page.Reply()).ToHaveValueAsync("Half a sentence.");
        await page.HasStayed();
    });

    [Fact]
    public Task A_reply_that_is_refused_says_so_and_keeps_the_words() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var endless = new string('a', 100_001);

        journey.Expect("status of 422");
        await page.Reply().FillAsync(endless);
        await page.Press("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.Reply()).ToHaveValueAsync(endless);

        journey.Expect("status of 422");
        await page.Reply().FillAsync("   ");
        await page.RunAndWaitForResponseAsync(() => page.Press("Control+Enter"), response => response.Url.EndsWith("/reply", StringComparison.Ordinal));
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(await journey.Server.Api.Outbox(number));
    });

    [Fact]
    public Task News_do_not_call_back_what_is_being_sent() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var other = await page.Context.NewPageAsync();
        await other.Open(number);

        // The reply is on its way for as long as it takes until the other window shows the news.
        await page.RouteAsync("**/reply", async route =>
        {
            (await journey.Server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "It is the red one." })).Is(200);
            await Expect(other.Entries()).ToContainTextAsync("It is the red one.");
            await route.ContinueAsync();
        });
        await page.Press("r");
        await page.Write(page.Reply(), "Please hold the switch.");
        await page.Press("Control+Enter");

        await Expect(page.Entries()).ToContainTextAsync("Please hold the switch.");
        await Expect(page.Entries()).ToContainTextAsync("It is the red one.");
        await Expect(page.Reply()).ToHaveValueAsync("");
        Assert.Single(await journey.Server.Api.Outbox(number));
    });

    [Fact]
    public Task A_note_a_reply_and_who_has_it_appear_at_the_other() => Journey.Walk(chromium, async journey =>
    {
        var priya = await journey.SignIn();
        var tom = await journey.SignIn("Tom Weaver", Heliotrope.Core.People.Role.Agent);
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await priya.Open(number);
        await tom.Open(number);
        await tom.MustStay();

        await priya.Press("n");
        await priya.Write(priya.Note(), "I know the machine, I take it.");
        await priya.Press("Control+Enter");

        await Expect(tom.Locator(".entry-note")).ToContainTextAsync("I know the machine, I take it.");
        await Expect(tom.Locator(".entry-note b")).ToHaveTextAsync("Priya Nair");
        await Expect(priya.Locator(".entry-note b")).ToHaveTextAsync("You");

        await priya.Press("a");
        await priya.Press("Enter");
        await Expect(tom.Meta()).ToContainTextAsync("Priya Nair has it");
        await priya.Press("r");
        await priya.Write(priya.Reply(), "Please hold the switch.");
        await priya.Press("Control+Enter");
        await Expect(tom.Locator(".entry-ours")).ToContainTextAsync("Please hold the switch.");
        await Expect(tom.Meta()).ToContainTextAsync("Waiting for them");
        await tom.HasStayed();
    });

    [Fact]
    public Task A_second_tab_hears_the_same_news_and_goes_on_when_the_first_is_closed() => Journey.Walk(chromium, async journey =>
    {
        var first = await journey.SignIn();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/conversations");
        await second.MustStay();

        var one = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(first.Row(one)).ToBeVisibleAsync();
        await Expect(second.Row(one)).ToBeVisibleAsync();
        await first.CloseAsync();
        var two = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(second.Row(two)).ToBeVisibleAsync();
        await second.HasStayed();
    });

    [Fact]
    public Task Going_back_shows_what_happened_meanwhile() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Row(number).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Subject()).ToBeVisibleAsync();
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(other)).ToBeVisibleAsync();

        await page.GoBackAsync();
        await Expect(page.Heading()).ToContainTextAsync("Needs a person");
        await Expect(page.Row(other)).ToBeVisibleAsync();
    });

    [Fact]
    public Task On_a_phone_the_newest_words_and_the_way_to_answer_are_in_sight() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn(width: 360);
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail with { Text = string.Join("\n\n", Enumerable.Range(1, 30).Select(i => $"Paragraph {i} about my grinder.")) });
        await journey.Receive(mail.Answer("And these are the newest words.", mail.MessageId));
        await Expect(page.Section("Outbox")).ToBeInViewportAsync();
        await page.Row(number).GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.Entries().GetByText("And these are the newest words.")).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Write a reply" }).ClickAsync();
        await Expect(page.Reply()).ToBeFocusedAsync();
        await page.Reply().FillAsync("We look at it.");
        await page.Locator("[data-send]").First.ClickAsync();
        await Expect(page.Entries().GetByText("We look at it.")).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Customer" }).ClickAsync();
        await Expect(page.Locator("#who-heading")).ToBeInViewportAsync();
    });

    [Fact]
    public Task On_a_phone_whoever_reads_stays_where_they_are_while_the_page_is_renewed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn(width: 360);
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail with { Text = string.Join("\n\n", Enumerable.Range(1, 30).Select(i => $"Paragraph {i} about my grinder.")) });
        await page.Open(number);
        await page.EvaluateAsync("() => { scrollTo(0, 300); window.renewed = new Promise(done => addEventListener('turbo:load', () => setTimeout(done), { once: true })); }");

        await journey.Receive(mail.Answer("And these are the newest words.", mail.MessageId));
        await page.EvaluateAsync("() => window.renewed");
        await Expect(page.Entries()).ToContainTextAsync("And these are the newest words.");
        Assert.Equal(300, await page.EvaluateAsync<int>("() => scrollY"));
    });
}
