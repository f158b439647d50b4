using System.Collections.Concurrent;
using System.Diagnostics;
using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Server.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Browser.Tests;

/// <summary>Pages that stay as new as the server, through crowds, sleep and restarts.</summary>
public class StaysTrue(Chromium chromium) : IClassFixture<Chromium>
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
    public Task What_is_written_into_any_field_outlasts_a_renewal_until_it_is_sent() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew() with { Text = "I am really angry. The grinder arrived broken, again." };
        var number = await journey.Receive(mail);
        await page.Open(number);
        await page.MustStay();
        await page.Locator("details.recovery > summary").ClickAsync();
        var fix = page.GetByLabel("What was fixed?");
        await fix.FillAsync("New grinder");
        var cause = page.GetByLabel("Did somebody else cause it?");
        await cause.FillAsync("DHL");

        await journey.Receive(mail with { MessageId = $"more-{mail.MessageId}", InReplyTo = mail.MessageId, Text = "And I am waiting." });
        await Expect(page.Entries()).ToContainTextAsync("And I am waiting.");
        await Expect(fix).ToHaveValueAsync("New grinder");
        await Expect(cause).ToHaveValueAsync("DHL");

        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(page.Entries()).ToContainTextAsync("New grinder");
        await Expect(fix).ToHaveValueAsync("");
        await Expect(cause).ToHaveValueAsync("DHL");
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

        // At most one in a second, as the window counts them; two hundred would be one for each mail.
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
        await Expect(page.Locator("#live")).Not.ToContainTextAsync("cannot be reached");
        await Expect(page.Reply()).ToHaveValueAsync("Half a sentence and the other half.");

        // What happens from now on is heard again: one renewal for the return, one for the mail, one that was due before.
        await journey.Receive(mail.Answer("It is the red one.", mail.MessageId));
        await Expect(page.Entries()).ToContainTextAsync("It is the red one.");
        Assert.InRange(requests.Count($"GET /conversations/{number}"), 1, 3);

        // They wrote while it was written, so it is sent knowingly.
        journey.Expect("status of 422");
        await page.Press("Control+Enter");
        await Expect(page.Locator("[data-crossed]")).ToBeVisibleAsync();
        await Expect(page.Reply()).ToHaveValueAsync("Half a sentence and the other half.");
        await page.Reply().FocusAsync();
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

        // Some browsers keep the page as it was and wake it: then the script hears of it. No news come to this window that would renew it, too.
        var deaf = await page.Context.NewPageAsync();
        await Gate.Before(deaf, Gate.News);
        await deaf.AddInitScriptAsync("window.BroadcastChannel = class { postMessage() {} }; delete Navigator.prototype.locks;");
        await deaf.GotoAsync("/conversations");
        var requests = new Requests(deaf);
        await deaf.RunAndWaitForResponseAsync(
            () => deaf.EvaluateAsync("() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false })); dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); }"),
            response => response.Url.EndsWith("/conversations", StringComparison.Ordinal));
        Assert.Equal(1, requests.Count("GET /conversations"));

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
        await page.RouteAsync(Gate.News, route => route.FulfillAsync(new() { Status = 401 }));

        // Time passes as we say. What the window asks is written down with the time that it has by then.
        await page.Clock.InstallAsync();
        await page.AddInitScriptAsync("window.asked = []; const Real = EventSource; window.EventSource = class extends Real { constructor(url) { super(url); asked.push(Date.now()); } };");
        await page.Open(number);
        await page.Reply().FillAsync("Half a sentence");
        long[] asked = [];
        for (var patience = Patience.Token(); asked.Length < 4; patience.ThrowIfCancellationRequested())
        {
            await page.Clock.RunForAsync(100);
            asked = await page.EvaluateAsync<long[]>("() => asked");
        }

        var gaps = asked.Zip(asked.Skip(1), (one, next) => next - one).ToList();
        Assert.True(gaps[0] >= 1000 && gaps[1] >= 2000 && gaps[2] >= 4000, string.Join(", ", gaps));
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
        var atList = new Requests(list);

        // In the list time passes as we say, and it tells what it has heard. No conversation has the last number: what came before it is done.
        await list.Clock.InstallAsync();
        await list.EvaluateAsync("() => { window.heard = []; new BroadcastChannel('heliotrope-live').onmessage = ({ data }) => heard.push(...data.news?.conversations ?? [], ...data.news?.within ?? []); }");
        var live = journey.Server.Services.GetRequiredService<LiveUpdates>();
        live.Publish([], [long.MaxValue >> 16]);
        var before = await AskedByTheList(long.MaxValue >> 16);
        var atPage = new Requests(page);
        await page.RunAndWaitForResponseAsync(
            () => Task.Run(() => live.Publish([], [number])), response => response.Url.EndsWith($"/conversations/{number}", StringComparison.Ordinal));
        Assert.Equal(1, atPage.Count($"GET /conversations/{number}"));
        Assert.Equal(before, await AskedByTheList(number));
        live.Publish([other]);
        Assert.Equal(before + 1, await AskedByTheList(other));

        async Task<int> AskedByTheList(long about)
        {
            await list.WaitForFunctionAsync("about => window.heard.includes(about)", about);
            await list.EvaluateAsync("() => { window.heard = []; }");
            await list.Clock.RunForAsync(10_000);
            await list.EvaluateAsync("() => fetch('/health/live').then(() => null)"); // whatever was asked for, was before this
            return atList.Count("GET /conversations");
        }
    });

    [Fact]
    public Task A_page_that_has_missed_nothing_is_not_asked_for_twice_and_what_it_has_missed_comes() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(number)).ToBeVisibleAsync();
        var live = journey.Server.Services.GetRequiredService<LiveUpdates>();
        var requests = new Requests(page);
        await page.Clock.InstallAsync();
        await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), Gate.News);
        await page.EvaluateAsync("() => fetch('/health/live').then(() => null)");
        await page.Clock.RunForAsync(10_000);
        await page.EvaluateAsync("() => fetch('/health/live').then(() => null)"); // whatever was asked for, was before this
        Assert.Equal(1, requests.Count("GET /conversations"));
        await page.RunAndWaitForResponseAsync(() => Task.Run(() => live.Publish([number])), response => response.Url.EndsWith("/conversations", StringComparison.Ordinal));
        Assert.Equal(2, requests.Count("GET /conversations"));

        // A mail comes while the page has been made and its stream is not open yet.
        var gate = await Gate.Before(page, Gate.News);
        await page.ReloadAsync();
        await gate.Reached;
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(other)).ToHaveCountAsync(0);
        gate.Open();
        await Expect(page.Row(other)).ToBeVisibleAsync();
    });

    [Fact]
    public Task What_is_heard_while_a_page_is_on_its_way_is_on_it_when_it_has_come() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.GotoAsync("/settings");
        await page.EvaluateAsync("() => { window.heard = 0; new BroadcastChannel('heliotrope-live').onmessage = ({ data }) => heard += data.news ? 1 : 0; }");

        // The inbox has been made, and no mail is in it; the page that is still shown would not be another one for a mail.
        var gate = new Gate();
        await page.RouteAsync("**/conversations", async route =>
        {
            var made = await route.FetchAsync();
            await gate.Pass();
            await route.FulfillAsync(new() { Response = made });
        }, new() { Times = 1 });
        await page.Locator("header.bar a.brand").ClickAsync();
        await gate.Reached;
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.WaitForFunctionAsync("() => window.heard > 0");
        gate.Open();
        await Expect(page.Row(number)).ToBeVisibleAsync();
    });

    [Fact]
    public Task That_the_server_was_away_is_not_said_after_it_is_back() => Journey.Walk(chromium, async journey =>
    {
        journey.Tolerate("status of 503");
        var page = await journey.SignIn();
        var gate = new Gate();
        var first = true;
        var answered = new TaskCompletionSource();
        await page.RouteAsync(Gate.News, async route =>
        {
            if (route.Request.ResourceType == "eventsource" && !first)
            {
                await route.ContinueAsync();
                return;
            }

            // The stream fails once, and the page asks why; that answer comes late.
            var asks = route.Request.ResourceType != "eventsource";
            first &= asks;
            if (asks)
            {
                await gate.Pass();
            }

            await route.FulfillAsync(new() { Status = 503 });
            if (asks)
            {
                answered.TrySetResult();
            }
        });
        await page.GotoAsync("/conversations");
        await gate.Reached;
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(number)).ToBeVisibleAsync();

        gate.Open();
        await answered.Task.WaitAsync(Patience.Token());
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(other)).ToBeVisibleAsync();
        await Expect(page.Locator("#live")).ToBeEmptyAsync();
    });

    [Fact]
    public Task Without_locks_the_window_in_sight_listens_and_leaves_nothing_behind_when_it_goes() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor();
        await page.AddInitScriptAsync("""
            delete Navigator.prototype.locks;
            window.running = new Set();
            const [begin, end] = [setInterval, clearInterval];
            window.setInterval = (...all) => { const id = begin(...all); running.add(id); return id; };
            window.clearInterval = id => { running.delete(id); end(id); };
            """);
        await journey.SignIn(page);
        var running = await page.EvaluateAsync<int>("() => running.size");
        await page.EvaluateAsync("() => { for (let i = 0; i < 5; i++) document.dispatchEvent(new Event('visibilitychange')); }");
        Assert.Equal(running, await page.EvaluateAsync<int>("() => running.size"));
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(number)).ToBeVisibleAsync();
    });
}
