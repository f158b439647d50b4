using System.Collections.Concurrent;
using System.Diagnostics;
using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Server.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Browser.Tests;

/// <summary>Pages that stay as new as the server, through crowds, sleep and restarts.</summary>
[Collection(InTheBrowser.Name)]
public class StaysTrue(Chromium chromium)
{
    [Fact]
    public Task Eight_tabs_hear_over_one_stream_and_another_takes_over_when_its_tab_is_closed() => Journey.Walk(chromium, async journey =>
    {
        var tabs = new List<IPage> { await journey.SignIn() };
        while (tabs.Count < 8)
        {
            var tab = await tabs[0].Context.NewPageAsync();
            await tab.GotoAsync("/conversations");
            tabs.Add(tab);
        }

        var one = await journey.Receive(TestMail.FromSomebodyNew());
        foreach (var tab in tabs)
        {
            await Expect(tab.Row(one)).ToBeVisibleAsync();
        }

        var live = journey.Server.Services.GetRequiredService<LiveUpdates>();
        Assert.Equal(1, live.Listeners);
        await tabs[0].CloseAsync();
        var two = await journey.Receive(TestMail.FromSomebodyNew());
        foreach (var tab in tabs.Skip(1))
        {
            await Expect(tab.Row(two)).ToBeVisibleAsync();
        }

        Assert.Equal(1, live.Listeners);
    });

    [Fact]
    public Task Two_hundred_mails_in_a_second_are_few_renewals_and_lose_nothing_that_is_typed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.MustStay();
        await Expect(page.Row(number)).ToBeVisibleAsync();
        await page.Press("r");
        await page.Write(page.Reply(), "Before");

        var requests = new Requests(page);
        var clock = Stopwatch.StartNew();
        var mails = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => journey.Server.Receive(TestMail.FromSomebodyNew())));
        await page.Type(" while a storm of two hundred mails goes over the desk");
        await mails;
        await Expect(page.Locator("#queue-heading")).ToContainTextAsync("201");

        Assert.InRange(requests.Count($"GET /conversations/{number}"), 1, 3 + (int)clock.Elapsed.TotalSeconds);
        await Expect(page.Reply()).ToHaveValueAsync("Before while a storm of two hundred mails goes over the desk");
        await Expect(page.Reply()).ToBeFocusedAsync();
        await page.HasStayed();
    });

    [Fact]
    public Task What_is_unfolded_stays_unfolded_while_the_page_is_renewed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail with { Text = "It hums.\n\nOn Monday, Priya wrote:\n> Please hold the switch." });
        await page.Open(number);
        var quote = page.Locator("details[id^=quote]");
        await quote.Locator("summary").ClickAsync();
        var opened = new[] { quote, page.Locator("#views"), page.Locator("details[data-assign]"), page.Locator("#me"), page.Locator("#keys") };

        // A click into one menu closes the others, so they are opened as they are here: all at once.
        await page.EvaluateAsync("() => { for (const menu of document.querySelectorAll('details.menu')) menu.open = true; document.querySelector('#keys').showModal(); }");
        await journey.Receive(mail.Answer("It is the red one.", mail.MessageId));
        await Expect(page.Entries()).ToContainTextAsync("It is the red one.");
        foreach (var each in opened)
        {
            await Expect(each).ToHaveAttributeAsync("open", "");
        }

        Assert.True(await page.Locator("#keys").EvaluateAsync<bool>("dialog => dialog.matches(':modal')"));
        await page.Press("Escape");
        await Expect(page.Locator("#keys")).ToBeHiddenAsync();

        // And what was closed is not opened again.
        await quote.Locator("summary").ClickAsync();
        await journey.Receive(mail.Answer("Or the blue one.", mail.MessageId));
        await Expect(page.Entries()).ToContainTextAsync("Or the blue one.");
        await Expect(quote).Not.ToHaveAttributeAsync("open", "");
        await Expect(page.Locator("#keys")).ToBeHiddenAsync();
    });

    [Fact]
    public Task A_server_that_was_away_is_said_to_be_away_and_back_and_what_was_typed_stays() => Journey.Walk(chromium, async journey =>
    {
        journey.Tolerate("ERR_CONNECTION_REFUSED");
        journey.Tolerate("ERR_INCOMPLETE_CHUNKED_ENCODING");
        journey.Tolerate("ERR_CONNECTION_RESET");
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail);
        await page.Open(number);
        await page.MustStay();
        await page.Press("r");
        await page.Write(page.Reply(), "Half a sentence");

        await journey.StopServer();
        await Expect(page.Locator("#live")).ToContainTextAsync("The server cannot be reached.");
        await page.Type(" and the other half.");
        var requests = new Requests(page);
        await journey.StartServer();
        await Expect(page.Locator("#live")).ToHaveTextAsync("Up to date again");
        await Expect(page.Reply()).ToHaveValueAsync("Half a sentence and the other half.");

        // What happens from now on is heard again: one renewal for the return, one for the mail, one that was due before.
        await journey.Receive(mail.Answer("It is the red one.", mail.MessageId));
        await Expect(page.Entries()).ToContainTextAsync("It is the red one.");
        Assert.InRange(requests.Count($"GET /conversations/{number}"), 1, 3);
        await page.Press("Control+Enter");
        await Expect(page.Entries()).ToContainTextAsync("and the other half.");
        await page.HasStayed();
    });

    [Fact]
    public Task A_computer_that_slept_renews_its_pages_when_it_wakes() => Journey.Walk(chromium, async journey =>
    {
        journey.Tolerate("ERR_INTERNET_DISCONNECTED");
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail);
        await page.Open(number);
        await page.MustStay();
        await page.Reply().FillAsync("Half a sentence");

        await page.Context.SetOfflineAsync(true);
        await Expect(page.Locator("#live")).ToContainTextAsync("The server cannot be reached.");
        await journey.Receive(mail.Answer("It is the red one.", mail.MessageId));
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("#live")).ToHaveTextAsync("Up to date again");
        await Expect(page.Entries()).ToContainTextAsync("It is the red one.");
        await Expect(page.Reply()).ToHaveValueAsync("Half a sentence");
        await page.HasStayed();
    });

    [Fact]
    public Task A_page_out_of_the_browsers_store_is_renewed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(number)).ToBeVisibleAsync();

        // Some browsers keep the page as it was and wake it: then the script hears of it.
        await page.RunAndWaitForRequestAsync(
            () => page.EvaluateAsync("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"),
            request => request.Url.EndsWith("/conversations", StringComparison.Ordinal));

        // Back from a page that is none of the desk's.
        await page.GotoAsync("/api");
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await page.GoBackAsync();
        await Expect(page.Row(other)).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_stream_that_wants_a_sign_in_is_asked_for_less_and_less_often() => Journey.Walk(chromium, async journey =>
    {
        journey.Tolerate("status of 401");
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        var asked = new ConcurrentQueue<long>();
        var enough = new TaskCompletionSource();
        await page.RouteAsync("**/live", async route =>
        {
            // A page asks with EventSource and then once with fetch, to learn why.
            if (route.Request.ResourceType == "eventsource")
            {
                asked.Enqueue(Stopwatch.GetTimestamp());
                if (asked.Count == 4)
                {
                    enough.TrySetResult();
                }
            }

            await route.FulfillAsync(new() { Status = 401 });
        });
        await page.Open(number);
        await page.Reply().FillAsync("Half a sentence");
        await enough.Task.WaitAsync(Patience.Token());

        var gaps = asked.Zip(asked.Skip(1), Stopwatch.GetElapsedTime).Take(3).ToList();
        Assert.True(gaps[0] > TimeSpan.FromSeconds(.9) && gaps[1] > TimeSpan.FromSeconds(1.9) && gaps[2] > TimeSpan.FromSeconds(3.9), string.Join(", ", gaps));
        await Expect(page.Locator("#live")).ToContainTextAsync("You are signed out.");
        await Expect(page.Reply()).ToHaveValueAsync("Half a sentence");
    });

    [Fact]
    public Task A_list_does_not_ask_again_for_what_no_list_shows() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(number)).ToBeVisibleAsync();
        await page.Open(number);
        var list = await page.Context.NewPageAsync();
        await list.GotoAsync("/conversations");
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(list.Row(other)).ToBeVisibleAsync();
        await Expect(page.Row(other)).ToBeVisibleAsync();
        var (atList, atPage) = (new Requests(list), new Requests(page));

        var live = journey.Server.Services.GetRequiredService<LiveUpdates>();
        await page.RunAndWaitForResponseAsync(
            () => Task.Run(() => live.Publish([], [number])), response => response.Url.EndsWith($"/conversations/{number}", StringComparison.Ordinal));
        Assert.Equal(1, atPage.Count($"GET /conversations/{number}"));
        Assert.Equal(0, atList.Count("GET /conversations"));
        await list.RunAndWaitForResponseAsync(() => Task.Run(() => live.Publish([number])), response => response.Url.EndsWith("/conversations", StringComparison.Ordinal));
        Assert.Equal(1, atList.Count("GET /conversations"));
    });
}
