using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>What a person sees, and what does not happen, while the server takes its time.</summary>
[Collection(InTheBrowser.Name)]
public class SlowServer(Chromium chromium)
{
    [Fact]
    public Task What_is_being_sent_says_so_and_is_sent_once_whatever_is_pressed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        var gate = await Gate.Before(page, "**/reply");
        var send = page.Locator("[data-send]").First;

        await page.Reply().FillAsync("Please hold the switch.");
        await send.DblClickAsync();
        await gate.Reached;
        await Expect(page.Locator("form[aria-busy=true]")).ToHaveCountAsync(1);
        Assert.Equal("busy", await page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement, '::before').animationName"));
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
        await Expect(page.Locator("form[aria-busy=true]")).ToHaveCountAsync(0);
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
        var gate = await Gate.Before(page, "**/reply");
        await page.Reply().FillAsync("Please hold the switch.");
        await page.Locator("[data-send]").First.ClickAsync();
        await gate.Reached;

        await page.Row(other).GetByRole(AriaRole.Link).ClickAsync();
        gate.Open();
        await page.WaitForURLAsync($"**/conversations/{other}");
        Assert.Single(await journey.Server.Api.Outbox(number));
    });

    [Fact]
    public Task A_page_that_takes_a_while_says_so() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(number)).ToBeVisibleAsync();
        var gate = await Gate.Before(page, $"**/conversations/{number}");
        await page.Row(number).GetByRole(AriaRole.Link).ClickAsync();
        await gate.Reached;
        await Expect(page.Locator("html")).ToHaveAttributeAsync("aria-busy", "true");
        Assert.Equal("busy", await page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement, '::before').animationName"));
        gate.Open();
        await Expect(page.Subject()).ToBeVisibleAsync();
        await Expect(page.Locator("html")).Not.ToHaveAttributeAsync("aria-busy", "true");
    });

    /// <summary>Holds requests back until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _passed;

        public Task Reached => _reached.Task.WaitAsync(Patience.Token());

        public int Passed => _passed;

        public void Open() => _open.SetResult();

        public static async Task<Gate> Before(IPage page, string address)
        {
            var gate = new Gate();
            await page.RouteAsync(address, async route =>
            {
                Interlocked.Increment(ref gate._passed);
                gate._reached.TrySetResult();
                await gate._open.Task;
                await route.ContinueAsync();
            });
            return gate;
        }
    }
}
