using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>What worked before and what will be asked next, beside the words and by the keyboard alone.</summary>
public class PlaysAndNextQuestions(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_play_is_written_offered_put_in_sent_and_seen_to_have_gone_well() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("g");
        await page.Press("l");
        await Expect(page.Heading()).ToHaveTextAsync("Plays");
        await page.TabTo(page.GetByRole(AriaRole.Link, new() { Name = "New play" }));
        await page.Press("Enter");
        await page.TabTo(page.GetByLabel("What works"));
        await page.Keyboard.TypeAsync("Hold the switch");
        await page.TabTo(page.GetByLabel("Steps"));
        await page.Keyboard.TypeAsync("Ask which model it is.");
        await page.TabTo(page.Locator("#play-words"));
        await page.Keyboard.TypeAsync("Hello {{customer.first_name | there}}, please hold the switch for ten seconds.");
        await page.TabTo(page.GetByRole(AriaRole.Button, new() { Name = "Keep" }));
        await page.Press("Enter");
        await Expect(page.Heading()).ToHaveTextAsync("Hold the switch");
        var play = new Uri(page.Url).AbsolutePath;

        // One key puts it in; what was filled in is shown, and that it counts.
        await page.Open(number);
        await page.Press("r");
        await page.Keyboard.TypeAsync("Good morning.");
        await page.Press("Alt+p");
        await Expect(page.Reply()).ToHaveValueAsync("Good morning.\n\nHello Ada, please hold the switch for ten seconds.");
        await Expect(page.Reply()).ToBeFocusedAsync();
        await Expect(page.Locator("[data-filled]")).ToContainTextAsync("Ada the customer’s first name");
        await Expect(page.Locator("[data-put-box=plays] li")).ToContainTextAsync("Hold the switch");
        await page.Press("Control+Shift+Enter");
        await Expect(page.Entries()).ToContainTextAsync("hold the switch for ten seconds");
        await Expect(page.Locator("[data-put-box=plays] li")).ToHaveCountAsync(0);

        var customer = await journey.NewVisitor();
        await customer.GotoAsync(await journey.ConfidenceLink(number));
        await customer.Locator("input[name=resolved][value=yes]").CheckAsync();
        await customer.Locator("input[name=again][value=yes]").CheckAsync();
        await customer.Locator("#confidence button").ClickAsync();
        await Expect(customer.Heading()).ToHaveTextAsync("Thank you");

        await page.GotoAsync(play);
        await Expect(page.Locator("#went")).ToContainTextAsync("Sent in 1 conversation.");
        await page.TabTo(page.Locator("tr[data-end=confirmed] a"));
        await page.Press("Enter");
        await Expect(page.Locator($".ledger a[href='/conversations/{number}']")).ToBeVisibleAsync();
    });

    [Fact]
    public Task What_is_asked_next_is_offered_and_answered_with_one_key() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await PlayPages.NextQuestion(journey, number);
        await page.GotoAsync("/next-questions");
        await page.TabTo(page.Locator(".next-answer summary"));
        await page.Press("Enter");
        await page.TabTo(page.GetByLabel("Words", new() { Exact = true }));
        await page.Keyboard.TypeAsync("And you can follow the parcel in your account.");
        await page.TabTo(page.GetByRole(AriaRole.Button, new() { Name = "Keep" }));
        await page.Press("Enter");
        await Expect(page.Locator(".next-answer")).ToContainTextAsync("Has words of its own");

        await page.Open(number);
        await Expect(page.Locator(".beside-reply")).ToContainTextAsync("People who write about Grinder hums often ask about Where it is now next (27 of 140, 3.1 times as often)");
        await page.Press("r");
        await page.Keyboard.TypeAsync("It comes today.");
        await page.RunAndWaitForResponseAsync(() => page.Press("Alt+n"), answer => answer.Url.EndsWith("/draft", StringComparison.Ordinal) && answer.Request.PostData?.Contains("answered", StringComparison.Ordinal) is true);
        await Expect(page.Reply()).ToHaveValueAsync("It comes today.\n\nAnd you can follow the parcel in your account.");
        await Expect(page.Locator("[data-put-box=answered] li")).ToContainTextAsync("Where it is now");

        // Kept with the draft: another window knows of it.
        await page.ReloadAsync();
        await Expect(page.Locator("[data-put-box=answered] li")).ToContainTextAsync("Where it is now");
        await page.Reply().FocusAsync();
        await page.Press("Control+Enter");
        await Expect(page.Entries()).ToContainTextAsync("follow the parcel in your account");
        await Expect(page.Locator("[data-next-question]")).ToHaveCountAsync(0); // they have been told
    });
}
