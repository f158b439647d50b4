using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;

namespace Heliotrope.Browser.Tests;

/// <summary>Sending, putting off, asking somebody else, macros, names and the preview, with the keyboard alone.</summary>
public class Composing(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task Of_two_who_answer_at_once_the_second_sees_the_first_and_sends_knowingly() => Journey.Walk(chromium, async journey =>
    {
        journey.Tolerate("status of 422");
        var priya = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        var lena = await journey.SignIn("Lena Fischer", Role.Agent);
        await priya.Open(number);
        await lena.Open(number);
        await priya.Press("r");
        await priya.Write(priya.Reply(), "Please hold the switch.");
        await lena.Press("r");
        await lena.Write(lena.Reply(), "Please send it in.");
        await lena.Press("Control+Enter");
        await Expect(lena.Entries()).ToContainTextAsync("Please send it in.");

        // She is told as soon as it is there, and asked before hers leaves.
        await Expect(priya.Locator("[data-crossing]")).ToContainTextAsync("Lena Fischer wrote while you were writing.");
        await Expect(priya.Entries()).ToContainTextAsync("Please send it in.");
        await priya.Press("Control+Enter");
        await Expect(priya.Locator("[data-crossed]")).ToContainTextAsync("Somebody wrote here");
        await Expect(priya.Reply()).ToHaveValueAsync("Please hold the switch.");
        await priya.Reply().FocusAsync();
        await priya.Press("Control+Enter");
        await Expect(priya.Entries()).ToContainTextAsync("Please hold the switch.");
        await Expect(priya.Reply()).ToHaveValueAsync("");
    });

    [Fact]
    public Task A_reply_is_put_off_changed_and_let_go() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail);
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "Shall we look at it together?");
        await page.Press("Alt+l");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "In an hour" })).ToBeFocusedAsync();
        await page.Press("Enter");
        await Expect(page.Locator(".entry-leaving")).ToContainTextAsync("Leaves");
        await Expect(page.Reply()).ToHaveValueAsync("");

        // What is written meanwhile waits in its place, and nothing is lost.
        await page.Press("r");
        await page.Write(page.Reply(), "Something else");
        await page.Locator("[data-write-again]").FocusAsync();
        await page.Press("Enter");
        await Expect(page.Reply()).ToHaveValueAsync("Shall we look at it together?");
        await Expect(page.Locator(".entry-stopped")).ToContainTextAsync("Something else");

        await page.Reply().FocusAsync();
        await page.Press("Alt+l");
        await page.Press("Enter");
        await Expect(page.Locator(".entry-leaving", new() { HasText = "Shall we look" })).ToBeVisibleAsync();
        await journey.Receive(mail.Answer("It works again.", mail.MessageId));
        await Expect(page.Locator(".entry-stopped", new() { HasText = "the customer wrote first" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Somebody_else_is_asked_and_answered_without_the_customer() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("f");
        await Expect(page.Locator("[data-whom]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("parts@maker.example");
        await page.Press("Tab");
        await page.Keyboard.TypeAsync("Which part is it?");
        await page.Press("Control+Enter");
        await Expect(page.Entries()).ToContainTextAsync("to parts@maker.example, not to the customer");
        await Expect(page.Locator(".writing-reply")).ToBeVisibleAsync(); // the customer is in front again

        var asked = (await journey.Server.Api.Entries(number, "message"))[^1].Text("messageId");
        await journey.Server.Receive(new TestMail { From = "Parts <parts@maker.example>", InReplyTo = asked, Text = "The small cog." });
        var answer = page.Locator("[data-answer]");
        await Expect(answer).ToBeVisibleAsync();
        await answer.FocusAsync();
        await page.Press("Enter");
        await Expect(page.Locator("[data-whom]")).ToHaveValueAsync("parts@maker.example");
        await Expect(page.Locator("[data-write=forward]")).ToBeFocusedAsync();
    });

    [Fact]
    public Task A_macro_is_put_in_by_its_first_letters_and_shows_what_it_filled_in() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        (await journey.Server.Api.Post("/api/v1/macros", new { name = "Refund begun", text = "Hello {{customer.first_name}}, by {{promise.due}}.", acts = new[] { new { kind = "tag", value = "refund" } } })).Is(200);
        await page.Open(number);
        await page.Press("r");
        journey.Expect("ERR_FAILED");
        await page.RouteAsync("**/macros/*/fill", route => route.AbortAsync());
        await page.Keyboard.TypeAsync("Good day. ;ref");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Refund begun" })).ToBeVisibleAsync();
        await page.Press("Enter");
        await Expect(page.Locator("[data-filled]")).ToContainTextAsync("could not be put in");
        await page.UnrouteAsync("**/macros/*/fill");
        await page.Press("Backspace");
        await Expect(page.Locator("[data-filled]")).ToBeHiddenAsync();
        await page.Keyboard.TypeAsync("f");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Refund begun" })).ToBeVisibleAsync();
        await page.Press("Enter");
        await Expect(page.Reply()).ToHaveValueAsync("Good day. Hello Ada, by {{promise.due}}.");
        await Expect(page.Locator("[data-filled]")).ToContainTextAsync("Ada the customer’s first name");
        await Expect(page.Locator("[data-filled]")).ToContainTextAsync("our next promise here is not known");
        await Expect(page.Locator("[data-macro-list]")).ToContainTextAsync("refund");

        // With a field that nothing fills it cannot leave; without it, it does, and what the macro does happens.
        await page.Reply().FillAsync("Good day. Hello Ada.");
        await Expect(page.Locator("[data-filled]")).Not.ToContainTextAsync("not known");
        await page.Press("Control+Enter");
        await Expect(page.Entries()).ToContainTextAsync("Hello Ada.");
        await Expect(page.Locator(".chips")).ToContainTextAsync("refund");
        await Expect(page.Locator("[data-macro-list] li")).ToHaveCountAsync(0);

        await page.Press("m");
        await page.Keyboard.TypeAsync("begun");
        await page.Press("Enter");
        await Expect(page.Reply()).ToHaveValueAsync("Hello Ada, by {{promise.due}}.");
    });

    [Fact]
    public Task A_colleague_is_named_in_a_note_by_the_first_letters() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await journey.Server.AddUser("tom@desk.example", "Tom Weaver");
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("n");
        await page.Keyboard.TypeAsync("Can you look, @we");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Tom Weaver" })).ToBeVisibleAsync();
        await page.Press("Tab");
        await Expect(page.Note()).ToHaveValueAsync("Can you look, @Tom Weaver ");
        await page.Press("Control+Enter");
        await Expect(page.Locator(".entry-note a", new() { HasText = "@Tom Weaver" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_reply_is_seen_as_it_will_arrive_and_written_on() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "Hold the **switch**, <b>please</b>.");
        await page.Press("Alt+v");
        await Expect(page.Locator(".writing-reply [data-preview] strong")).ToHaveTextAsync("switch");
        await Expect(page.Locator(".writing-reply [data-preview]")).ToContainTextAsync("<b>please</b>");
        await Expect(page.Reply()).ToBeHiddenAsync();
        await page.Press("Alt+v");
        await Expect(page.Reply()).ToBeFocusedAsync();
        await page.Press("Control+Enter");
        await Expect(page.Entries().Locator("strong")).ToHaveTextAsync("switch");
    });
}
