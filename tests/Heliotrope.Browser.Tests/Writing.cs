using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Server.Settings;

namespace Heliotrope.Browser.Tests;

/// <summary>What people write stays theirs until it leaves, and for a moment after.</summary>
public class Writing(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Picture =
        """
        async field => {
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 40;
          canvas.getContext("2d").fillRect(5, 5, 20, 20);
          const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
          const data = new DataTransfer();
          data.items.add(new File([blob], "image.png", { type: "image/png" }));
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """;

    [Fact]
    public Task Words_are_there_again_in_another_browser_after_the_window_was_closed() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "Half a sentence");
        await page.CloseAsync(new() { RunBeforeUnload = true }); // at once: what was typed last goes on the way out

        var other = await journey.NewVisitor();
        await other.SignIn("priya@desk.example");
        await journey.Server.Until(() => journey.Kept(number), kept => kept == "Half a sentence");
        await other.Open(number);
        await Expect(other.Reply()).ToHaveValueAsync("Half a sentence");
        await Expect(other.Row(number)).ToContainTextAsync("Your draft");

        await other.Press("n");
        await other.Write(other.Note(), "Ask Tom.");
        await Expect(other.Locator(".writing-note [data-kept]")).ToHaveTextAsync("Draft kept");
    });

    [Fact]
    public Task A_server_that_is_away_costs_no_words() => Journey.Walk(chromium, async journey =>
    {
        journey.Tolerate("net::ERR");
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await journey.StopServer();
        await page.Press("r");
        await page.Write(page.Reply(), "Written on a train");
        await Expect(page.Locator(".writing-reply [data-kept]")).ToHaveTextAsync("Not kept yet");

        await journey.StartServer();
        await Expect(page.Locator(".writing-reply [data-kept]")).ToHaveTextAsync("Draft kept");
        await page.ReloadAsync();
        await Expect(page.Reply()).ToHaveValueAsync("Written on a train");
    });

    [Fact]
    public Task A_server_that_was_killed_costs_no_words() => Journey.Walk(chromium, async journey =>
    {
        journey.Tolerate("net::ERR");
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await using var server = await journey.ServeApart();
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "Written before it died");
        await Expect(page.Locator(".writing-reply [data-kept]")).ToHaveTextAsync("Draft kept");
        await server.Kill();

        await journey.StartServer();
        var other = await journey.NewVisitor();
        await other.SignIn("priya@desk.example");
        await other.Open(number);
        await Expect(other.Reply()).ToHaveValueAsync("Written before it died");
    });

    [Fact]
    public Task A_browser_that_keeps_nothing_does_without() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor();
        await page.AddInitScriptAsync("for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw new DOMException('', 'SecurityError'); };");
        await journey.SignIn(page);
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "Half a sentence");
        await Expect(page.Locator(".writing-reply [data-kept]")).ToHaveTextAsync("Draft kept");
        await page.Press("Control+Enter");
        await Expect(page.Entries()).ToContainTextAsync("Half a sentence");
        await Expect(page.Reply()).ToHaveValueAsync("");
    });

    [Fact]
    public Task Words_that_only_this_browser_has_are_offered_and_not_put_over_others() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.RouteAsync("**/draft", route => route.AbortAsync());
        journey.Tolerate("net::ERR_FAILED");
        await page.Press("r");
        await page.Write(page.Reply(), "Never arrived");
        await page.ReloadAsync();
        await Expect(page.Reply()).ToHaveValueAsync("");
        await page.UnrouteAsync("**/draft");
        await page.Locator(".writing-reply [data-take]").ClickAsync();
        await Expect(page.Reply()).ToHaveValueAsync("Never arrived");
        await Expect(page.Locator(".writing-reply [data-kept]")).ToHaveTextAsync("Draft kept");
    });

    [Fact]
    public Task Z_takes_back_what_is_leaving_and_the_words_are_in_the_composer_again() => Journey.Walk(chromium, async journey =>
    {
        await journey.UndoFor(600);
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await Expect(page.Locator(".writing-reply").GetByText("You can undo for 600 seconds")).ToBeVisibleAsync();
        await page.Press("r");
        await page.Write(page.Reply(), "Please hold the switch.");
        await page.Press("Control+Enter");
        await Expect(page.Locator(".entry-leaving")).ToContainTextAsync("Leaves in a few seconds");
        await Expect(page.Reply()).ToHaveValueAsync("");

        await page.Press("z");
        await Expect(page.Locator(".entry-leaving")).ToHaveCountAsync(0);
        await Expect(page.Reply()).ToHaveValueAsync("Please hold the switch.");
        await Expect(page.Reply()).ToBeFocusedAsync();
        Assert.Empty(await journey.Server.Api.Outbox(number));
        await page.Press("Escape");
        await Expect(page.Reply()).Not.ToBeFocusedAsync();
        await page.Press("r");
        await Expect(page.Reply()).ToBeFocusedAsync();

        // And it leaves by itself once its time is over, and the page shows that.
        await page.Press("Control+Shift+Enter");
        await Expect(page.Locator(".entry-leaving")).ToBeVisibleAsync();
        await page.MustStay();
        journey.Server.Advance(TimeSpan.FromMinutes(11));
        await Expect(page.Locator(".entry-leaving")).ToHaveCountAsync(0);
        await Expect(page.Locator(".entry-ours")).ToContainTextAsync("Please hold the switch.");
        await Expect(page.Meta()).ToContainTextAsync("Resolved by us");
        await page.HasStayed();
        Assert.Single(await journey.Server.Api.Outbox(number, "reply"));
    });

    [Fact]
    public Task A_file_by_button_and_a_pasted_picture_go_along() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Locator("[data-choose]").First.SetInputFilesAsync(new FilePayload { Name = "manual.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() });
        await Expect(page.Locator(".composer-files li")).ToContainTextAsync("manual.pdf");
        await page.Locator("[data-choose]").First.SetInputFilesAsync(new FilePayload { Name = "wrong.txt", MimeType = "text/plain", Buffer = "x"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove wrong.txt" }).ClickAsync();
        await Expect(page.Locator(".composer-files li")).ToHaveCountAsync(1);

        await page.Reply().FillAsync("Press here: ");
        await page.Reply().EvaluateAsync(Picture);
        await Expect(page.Reply()).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"^Press here: !\[picture-1\.png\]\(file:[0-9a-f]+\)$"));
        await Expect(page.Locator(".composer-files img")).ToHaveJSPropertyAsync("naturalWidth", 40);
        await page.Press("Control+Enter");

        var entry = page.Locator(".entry-ours");
        await Expect(entry.Locator(".entry-body img")).ToHaveJSPropertyAsync("naturalWidth", 40);
        await Expect(entry.Locator(".files")).ToContainTextAsync("manual.pdf");
        await Expect(page.Locator(".composer-files li")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Who_was_copied_is_suggested_in_sight() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Cc = "bob@client.example" });
        await page.Open(number);
        await Expect(page.GetByLabel("Cc, seen by all")).ToHaveValueAsync("bob@client.example");
        await page.GetByLabel("Cc, seen by all").FocusAsync();
        await page.Press("Enter"); // sends nothing
        await page.Reply().FillAsync("Please hold the switch.");
        await page.Press("Control+Enter");
        await Expect(page.Locator(".entry-ours")).ToContainTextAsync("Copy to bob@client.example");
        Assert.Equal(2, (await journey.Server.Api.Outbox(number)).Length);
    });

    [Fact]
    public Task C_begins_a_conversation_that_is_kept_while_it_is_written() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.Press("c");
        await Expect(page.Heading()).ToHaveTextAsync("New conversation");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("new@client.example");
        await page.GetByLabel("Subject").FillAsync("Your order");
        await page.GetByLabel("Your words").FillAsync("It leaves today.");
        await Expect(page.Locator("[data-kept]")).ToHaveTextAsync("Draft kept");
        await page.WaitForURLAsync("**/conversations/new?draft=*");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Your words")).ToHaveValueAsync("It leaves today.");
        await page.GetByLabel("Your words").FocusAsync();
        await page.Press("Control+Enter");
        await Expect(page.Subject()).ToHaveTextAsync("Your order");
        await Expect(page.Entries()).ToContainTextAsync("It leaves today.");
        await Expect(page.Meta()).ToContainTextAsync("You have it");
    });
}

internal static class WritingOf
{
    /// <summary>What is kept of the reply to a conversation.</summary>
    public static async Task<string> Kept(this Journey journey, long number) => await journey.Server.Store.Read(async db =>
        (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstOrDefaultAsync(db.Drafts.Where(d => d.ConversationNumber == number)))?.Text ?? "");

    public static Task UndoFor(this Journey journey, int seconds) => journey.Server.Store.Write(
        async db =>
        {
            await Organisation.Set(db, SettingKeys.UndoSeconds, $"{seconds}");
            return true;
        },
        CancellationToken.None);
}
