using Heliotrope.Browser.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Browser.Tests;

/// <summary>The coach and the promises beside a reply that is being written.</summary>
public class BesideTheWords(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Angry = "This is the second time that my grinder comes back broken. I am really disappointed and angry. I want my money back!";
    private const string Salted = "Hello Ada,\n\nI am sorry that the grinder came back broken a second time. As I already said, the carrier was at fault. The money is on its way to you.";

    [Fact]
    public Task A_remark_marks_its_words_and_is_taken_by_a_key_and_undone_by_another() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Opened(journey, page);
        await page.Write(page.Reply(), Salted);

        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-marks] mark").First).ToContainTextAsync("As I already said");
        await WalkTo(page, "sounds like a reproach");
        Assert.StartsWith("As I already said", await page.EvaluateAsync<string>("() => getSelection().toString()"), StringComparison.Ordinal);

        await page.Press("Alt+Enter");
        await Expect(page.Reply()).Not.ToHaveValueAsync(new System.Text.RegularExpressions.Regex("already said"));
        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-kept]").First).ToHaveTextAsync("Draft kept");
        Assert.DoesNotContain("already said", await journey.Server.Store.Read(db => db.Drafts.Where(d => d.ConversationNumber == number).Select(d => d.Text).SingleAsync()), StringComparison.Ordinal);

        await page.Press("Control+z");
        await Expect(page.Reply()).ToHaveValueAsync(Salted);
        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_good_reply_is_left_alone() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await Opened(journey, page);
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.Write(page.Reply(), "Hello Ada,\n\nyou have every reason to be angry: the grinder came back broken a second time, and I am sorry. Your money is on its way."),
            response => response.Url.EndsWith("/coach", StringComparison.Ordinal) && response.Request.PostData!.Contains("its+way", StringComparison.Ordinal));
        await answer.FinishedAsync();

        await Expect(page.Locator(".coach")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-marks] mark")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task A_promise_is_accepted_by_a_key_and_is_still_accepted_after_a_reload() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Opened(journey, page);
        await page.Write(page.Reply(), "Hello Ada, I am sorry that the grinder came back broken. I will call you tomorrow at 11:00.");
        await Expect(Advice(page).Filter(new() { HasText = "A promise for tomorrow, 11:00" })).ToBeVisibleAsync();

        await WalkTo(page, "A promise for tomorrow, 11:00");
        await page.Press("Alt+Enter");
        await Expect(Advice(page).Filter(new() { HasText = "Promised" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-kept]").First).ToHaveTextAsync("Draft kept");
        Assert.Equal("I will call you tomorrow at 11:00", await Promised(journey, number));

        await page.ReloadAsync();
        await Expect(Advice(page).Filter(new() { HasText = "Promised" })).ToBeVisibleAsync();

        // Other words are another promise: it is offered again.
        await page.Reply().FillAsync("Hello Ada, I am sorry that the grinder came back broken. I will call you tomorrow at 12:00.");
        await Expect(Advice(page).Filter(new() { HasText = "A promise for tomorrow, 12:00" })).ToContainTextAsync("Promise it");
        await Expect(Advice(page).Filter(new() { HasText = "Promised" })).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-kept]").First).ToHaveTextAsync("Draft kept");
        Assert.Equal("", await Promised(journey, number));
    });

    [Fact]
    public Task The_walk_goes_on_after_a_promise_and_leaves_it_accepted() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await Opened(journey, page);
        await page.Write(page.Reply(), "Hello Ada, I am sorry that the grinder came back broken. I will call you tomorrow at 11:00. We will write to you on Friday.");
        await Expect(Advice(page)).ToHaveCountAsync(2);

        await page.Press("Alt+j");
        await page.Press("Alt+Enter");
        await Expect(page.Locator(".advice.taken")).ToHaveCountAsync(1);
        await page.Press("Alt+j");
        await page.Press("Alt+Enter");

        await Expect(page.Locator(".advice.taken")).ToHaveCountAsync(2);
    });

    [Fact]
    public Task What_is_taken_back_comes_back_with_its_promises() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Opened(journey, page);
        await journey.UndoFor(600);
        await page.Write(page.Reply(), "Hello Ada, I am sorry that the grinder came back broken. I will call you tomorrow at 11:00.");
        await WalkTo(page, "A promise for tomorrow, 11:00");
        await page.Press("Alt+Enter");
        await Expect(Advice(page).Filter(new() { HasText = "Promised" })).ToBeVisibleAsync();
        await page.Press("Control+Enter");
        await Expect(page.Locator(".entry-leaving")).ToBeVisibleAsync();
        await Expect(page.Locator(".coach")).ToBeHiddenAsync();

        await page.Press("z");
        await Expect(page.Reply()).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("I will call you"));
        await Expect(Advice(page).Filter(new() { HasText = "Promised" })).ToBeVisibleAsync();
        Assert.Equal("I will call you tomorrow at 11:00", await Promised(journey, number));
    });

    [Fact]
    public Task By_keys_alone_an_angry_mail_gets_a_good_answer_with_a_promise() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Opened(journey, page);
        await page.Write(page.Reply(), "Hello Ada,\n\nas I already said, the carrier was at fault. I will call you tomorrow at 11:00.");

        await Expect(Advice(page).First).ToBeVisibleAsync();

        // One remark after the other, each with the same key, until nothing is left but the promise.
        for (var i = 0; i < 6 && await page.Locator(".advice:not(.taken)").CountAsync() > 0; i++)
        {
            var before = await page.Locator(".coach").TextContentAsync() ?? "";
            await page.Press("Alt+Enter");
            await Expect(page.Locator(".coach")).Not.ToHaveTextAsync(before);
            await Expect(Advice(page).First).ToBeVisibleAsync();
        }

        await Expect(page.Locator(".advice:not(.taken)")).ToHaveCountAsync(0);
        await Expect(page.Locator(".advice.taken")).ToHaveCountAsync(1);
        await page.Press("Control+Enter");
        await Expect(page.Locator(".entry-ours")).ToContainTextAsync("sorry");
        await Expect(page.Locator(".entry-ours")).Not.ToContainTextAsync("already said");
        var promise = Assert.Single((await journey.Server.Api.Conversation(number)).GetProperty("promises").EnumerateArray());
        Assert.Equal("I will call you tomorrow at 11:00", promise.GetProperty("text").GetString());
    });

    [Fact]
    public Task A_promise_without_a_date_gets_one() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await Opened(journey, page);
        await page.Write(page.Reply(), "Hello Ada, I am sorry that the grinder came back broken. I will get back to you.");
        await WalkTo(page, "By when?");
        await page.Press("Alt+Enter");
        await Expect(page.Locator(".coach input[type=date]")).ToBeFocusedAsync();

        var day = journey.Server.Clock.GetUtcNow().AddDays(7);
        await page.Locator(".coach input[type=date]").FillAsync(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.Press("Enter");
        await Expect(page.Reply()).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(day.ToString("'I will get back to you by 'dddd d MMMM'.$'", System.Globalization.CultureInfo.InvariantCulture)));
        await Expect(Advice(page).Filter(new() { HasText = "Promise it" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Not_here_keeps_the_coach_away_until_it_is_taken_back() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Opened(journey, page);
        await page.Write(page.Reply(), Salted);
        await WalkTo(page, "sounds like a reproach");
        await page.RunAndWaitForResponseAsync(() => page.Press("Alt+Shift+Enter"), response => response.Url.EndsWith("/not-here", StringComparison.Ordinal));
        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToHaveCountAsync(0);

        await Expect(page.Locator("[data-kept]").First).ToHaveTextAsync("Draft kept");

        await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), response => response.Url.EndsWith("/coach", StringComparison.Ordinal));
        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToHaveCountAsync(0);

        await page.Locator("#me summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "You", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Remarks you do not want" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Say it again" }).ClickAsync();
        await Expect(page.Locator(".empty-words")).ToBeVisibleAsync();
        await page.Open(number);
        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task An_unfilled_field_keeps_a_reply_from_leaving_and_says_so() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Opened(journey, page);
        await page.Write(page.Reply(), "Dear {{first_name}}, I am sorry that the grinder came back broken.");
        await Expect(Advice(page).Filter(new() { HasText = "is still to be filled in" })).ToBeVisibleAsync();
        await Expect(page.Locator(".advice.refuses").GetByText("Not here")).ToHaveCountAsync(0);
        await Expect(page.Locator("input[name=remarks]").First).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("merge-field")); // it has been in sight for long enough to be read

        journey.Expect("status of 422");
        await page.Press("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“{{first_name}}” is still to be filled in. Nothing has left.");
        await Expect(page.Reply()).ToHaveValueAsync("Dear {{first_name}}, I am sorry that the grinder came back broken.");
        Assert.Empty(await journey.Server.Api.Outbox(number));

        await page.Reply().FillAsync("Dear Ada, I am sorry that the grinder came back broken.");
        await page.Press("Control+Enter");
        await Expect(page.Locator(".entry-ours")).ToContainTextAsync("Dear Ada");
        var remark = Assert.Single(await journey.Server.Store.Read(db => db.CoachRemarks.Where(r => r.Kind == Heliotrope.Core.Coach.RemarkKind.MergeField).ToListAsync()));
        Assert.Equal(Heliotrope.Server.Coach.RemarkOutcome.Taken, remark.Outcome);
    });

    [Fact]
    public Task Marks_stay_under_their_words_in_a_long_reply_that_scrolls() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await Opened(journey, page);
        var words = string.Join("\n\n", Enumerable.Range(1, 60).Select(i => $"Paragraph {i} says how the carrier of the grinder is taken out, cleaned with a brush and put back in, without any oil.")) + "\n\nAs I already said, it is easy.\n";
        await page.Reply().FillAsync(words);
        await WalkTo(page, "sounds like a reproach");

        var (field, marks) = (page.Reply(), page.Locator("[data-marks]").First);
        Assert.Equal(await field.EvaluateAsync<double>("it => it.scrollHeight"), await marks.EvaluateAsync<double>("it => it.scrollHeight"));
        Assert.True(await field.EvaluateAsync<double>("it => it.scrollTop") > 0);
        Assert.Equal(await field.EvaluateAsync<double>("it => it.scrollTop"), await marks.EvaluateAsync<double>("it => it.scrollTop"));
        Assert.Equal(await field.EvaluateAsync<double>("it => it.clientWidth"), await marks.EvaluateAsync<double>("it => it.clientWidth"));
        await field.EvaluateAsync("it => { it.scrollTop = 40; }");
        await Expect(marks).ToHaveJSPropertyAsync("scrollTop", 40);
    });

    [Fact]
    public Task Without_a_script_a_button_asks_the_coach() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor(scripts: false);
        await journey.SignIn(page);
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        await page.GotoAsync($"/conversations/{number}");
        await page.Reply().FillAsync(Salted + " I will call you tomorrow at 11:00.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask the coach" }).ClickAsync();

        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToBeVisibleAsync();
        await page.GetByLabel("Promise it").CheckAsync();
        await Advice(page).Filter(new() { HasText = "sounds like a reproach" }).GetByRole(AriaRole.Button, new() { Name = "Not here" }).ClickAsync();
        await Expect(Advice(page).Filter(new() { HasText = "sounds like a reproach" })).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Promise it")).ToBeCheckedAsync();
        Assert.Equal("I will call you tomorrow at 11:00", await Promised(journey, number));
    });

    [Fact]
    public Task The_first_words_to_somebody_are_read_along_too() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.GotoAsync("/conversations/new");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("new@client.example");
        await page.GetByLabel("Subject").FillAsync("Your order");
        await page.Reply().FillAsync("Dear [Name], your order leaves today.");
        await Expect(Advice(page).Filter(new() { HasText = "“[Name]” is still to be filled in" })).ToBeVisibleAsync();
    });

    private static async Task<long> Opened(Journey journey, IPage page)
    {
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        await page.Open(number);
        await page.Press("r");
        return number;
    }

    private static ILocator Advice(IPage page) => page.Locator(".coach .advice");

    /// <summary>Walks with the keys until a remark's line is the one that keys act on.</summary>
    private static async Task WalkTo(IPage page, string words)
    {
        var line = Advice(page).Filter(new() { HasText = words });
        await Expect(line).ToBeVisibleAsync();
        for (var i = 0; i < 20; i++)
        {
            await page.Press("Alt+j");
            if (await line.GetAttributeAsync("data-current") is not null)
            {
                return;
            }
        }

        Assert.Fail($"Twenty times Alt+J does not reach {words}");
    }

    private static Task<string> Promised(Journey journey, long number) =>
        journey.Server.Store.Read(db => db.Drafts.Where(d => d.ConversationNumber == number).Select(d => d.Promises).SingleAsync());
}
