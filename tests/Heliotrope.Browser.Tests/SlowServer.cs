using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>What a person sees, and what does not happen, while the server takes its time.</summary>
public class SlowServer(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task What_is_being_sent_says_so_and_is_sent_once_whatever_is_pressed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var gate = await Gate.Before(page, "/reply$");
        var send = page.Locator("[data-send]").First;

        await page.Reply().FillAsync("Please hold the switch.");
        await send.DblClickAsync();
        await gate.Reached;
        Assert.Equal("busy", await Progress(page));
        await Expect(send).ToHaveTextAsync("One moment …");
        await Expect(send).ToBeDisabledAsync();
        await Expect(page.Locator("[data-send-resolve]")).ToBeDisabledAsync();
        Assert.Equal("progress", await send.EvaluateAsync<string>("button => getComputedStyle(button).cursor"));

        // Neither the key nor another form calls it back.
        await page.Reply().FocusAsync();
        await page.Press("Control+Enter");
        await page.Press("Control+Shift+Enter");
        await page.Locator("form[data-resolve] button").ClickAsync();
        gate.Open();

        await Expect(page.Entries()).ToContainTextAsync("Please hold the switch.");
        await Expect(page.Reply()).ToHaveValueAsync("");
        await Expect(send).ToBeEnabledAsync();
        await Expect(send).ToContainTextAsync("Send");
        await Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0);
        Assert.Equal("none", await Progress(page));
        Assert.Equal(1, gate.Passed);
        Assert.Single(await journey.Server.Api.Outbox(number));
        Assert.Equal("waiting", (await journey.Server.Api.Conversation(number)).Text("state"));
    });

    [Fact]
    public Task Who_goes_on_while_a_reply_is_under_way_gets_there_after_it_has_arrived() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await Expect(page.Row(other)).ToBeVisibleAsync();
        var gate = await Gate.Before(page, "/reply$");
        await page.Reply().FillAsync("Please hold the switch.");
        await page.Locator("[data-send]").First.ClickAsync();
        await gate.Reached;

        await page.Row(other).GetByRole(AriaRole.Link).ClickAsync();
        gate.Open();
        await page.WaitForURLAsync($"**/conversations/{other}?*");
        Assert.Single(await journey.Server.Api.Outbox(number));
    });

    [Fact]
    public Task A_page_that_takes_a_while_says_so() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(number)).ToBeVisibleAsync();
        var gate = await Gate.Before(page, $"/conversations/{number}[?]");
        await page.Row(number).GetByRole(AriaRole.Link).ClickAsync();
        await gate.Reached;
        Assert.Equal("busy", await Progress(page));
        gate.Open();
        await Expect(page.Subject()).ToBeVisibleAsync();
        await Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task What_is_typed_while_a_reply_is_under_way_stays_and_is_kept() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var gate = await ReplyOnItsWay(page);
        await page.Type(" And keep it dry");
        gate.Open();

        await Expect(page.Entries()).ToContainTextAsync("Please hold the switch.");
        await Expect(page.Reply()).ToHaveValueAsync("And keep it dry");
        await Expect(page.Reply()).ToBeFocusedAsync();
        await Expect(page.Locator(".writing-reply [data-kept]")).ToHaveTextAsync("Draft kept");
        Assert.Equal("And keep it dry", await journey.Kept(number));
    });

    [Fact]
    public Task A_reply_waits_for_the_file_that_is_being_uploaded() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var gate = await Gate.Before(page, "/draft/files$");
        await page.Reply().FillAsync("Please hold the switch.");
        await page.Locator("[data-choose]").First.SetInputFilesAsync(Manual);
        await gate.Reached;
        await page.Press("Control+Enter");
        await Expect(page.Locator("[data-send]").First).ToHaveTextAsync("One moment …");
        gate.Open();

        await Expect(page.Locator(".entry-ours .files")).ToContainTextAsync("manual.pdf");
        Assert.Equal(1, gate.Passed);
        Assert.Single(await journey.Server.Api.Outbox(number));
    });

    [Fact]
    public Task A_reply_whose_file_cannot_be_uploaded_is_not_sent_without_it() => Journey.Walk(chromium, async journey =>
    {
        journey.Expect("status of 500");
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var gate = new Gate();
        await page.RouteAsync("**/draft/files", async route =>
        {
            await gate.Pass();
            await route.FulfillAsync(new() { Status = 500 });
        });
        var requests = new Requests(page);
        await page.Reply().FillAsync("Please hold the switch.");
        await page.Locator("[data-choose]").First.SetInputFilesAsync(Manual);
        await gate.Reached;
        await page.Press("Control+Enter");
        await Expect(page.Locator("[data-send]").First).ToBeDisabledAsync();
        gate.Open();

        await Expect(page.Locator("[data-send]").First).ToBeEnabledAsync();
        await Expect(page.Reply()).ToHaveValueAsync("Please hold the switch.");
        Assert.Equal(0, requests.Count($"POST /conversations/{number}/reply"));
    });

    [Fact]
    public Task A_key_that_leads_elsewhere_calls_back_nothing() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var gate = await ReplyOnItsWay(page);
        await page.Press("Escape");
        await page.Press("c");
        gate.Open();
        await Expect(page.Subject()).ToHaveTextAsync("New conversation");
        Assert.Single(await journey.Server.Api.Outbox(number));
    });

    /// <summary>A reply that was sent by key and waits before the server.</summary>
    private static async Task<Gate> ReplyOnItsWay(IPage page)
    {
        var gate = await Gate.Before(page, "/reply$");
        await page.Press("r");
        await page.Write(page.Reply(), "Please hold the switch.");
        await page.Press("Control+Enter");
        await gate.Reached;
        return gate;
    }

    /// <summary>The bar on top that says that something is on its way.</summary>
    private static Task<string> Progress(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement, '::before').animationName");

    private static FilePayload Manual => new() { Name = "manual.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() };
}
