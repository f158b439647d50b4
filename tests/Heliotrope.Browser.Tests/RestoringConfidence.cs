using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>From an angry mail to a customer who trusts us again, or not, and to the morning of whoever leads.</summary>
public class RestoringConfidence(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Angry = "I am really angry. The grinder arrived broken, again, and nobody helps me.";

    private static readonly TestMail Mail = TestMail.FromSomebodyNew() with { Subject = "Broken again", Text = Angry };

    [Fact]
    public Task An_angry_customer_is_restored_step_by_step_and_the_morning_shows_it() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(Mail);
        await page.Open(number);
        var recovery = page.Locator("details.recovery");
        await Expect(recovery).ToContainTextAsync("0 of 5 steps");
        await Expect(recovery.Locator("summary")).ToContainTextAsync("waits for our answer");
        await page.Press("r");
        await page.Write(page.Reply(), "Dear Ada, I am so sorry that the grinder came broken, and for the second time. I will send a new one today and write to you when it has left.\n\nPriya Nair");
        await page.Press("Control+Enter");
        await Expect(recovery.Locator("summary")).ToContainTextAsync("4 of 5 steps");

        // Each step opens to the words that met it; the fix is written down, and they are asked.
        await page.TabTo(recovery.Locator("summary"), "Shift+Tab");
        await page.Press("Enter");
        await Expect(recovery.Locator("li[data-step=met]").Nth(1)).ToContainTextAsync("I am so sorry");
        await page.TabTo(page.GetByLabel("What was fixed?"));
        await page.Keyboard.TypeAsync("New grinder sent");
        await page.TabTo(page.GetByRole(AriaRole.Button, new() { Name = "Fixed: ask the customer now" }));
        await page.Press("Enter");
        await Expect(page.Meta()).ToContainTextAsync("Resolved by us");
        await Expect(page.Entries()).ToContainTextAsync("New grinder sent");

        // The morning of whoever leads says what waits.
        await page.GotoAsync("/recoveries");
        await Expect(page.Locator(".ledger")).ToContainTextAsync("Broken again");

        var customer = await journey.NewVisitor();
        await customer.GotoAsync(await journey.ConfidenceLink(number));
        await customer.Locator("input[name=resolved][value=yes]").CheckAsync();
        await customer.Locator("input[name=again][value=yes]").CheckAsync();
        await customer.Locator("#confidence button").ClickAsync();
        await Expect(customer.Heading()).ToHaveTextAsync("Thank you");
        await page.Open(number);
        await Expect(page.Locator("details.recovery > summary")).ToContainTextAsync("confidence restored");

        await page.Press("g");
        await page.Press("b");
        await Expect(page.Heading()).ToHaveTextAsync("This morning");
        await Expect(page.Locator(".moment-dots a[data-grade=magic]")).ToHaveCountAsync(1);
        await Expect(page.Locator("main")).ToContainTextAsync("No recovery is open.");
        await page.Press("g");
        await page.Press("e");
        await page.Locator("a[data-figure='1']", new() { HasText = "confidence restored" }).ClickAsync();
        await Expect(page.Row(number)).ToContainTextAsync("Broken again");
    });

    [Fact]
    public Task Where_everything_goes_wrong_each_thing_is_shown_and_it_comes_back_to_the_top() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(Mail with { MessageId = "wrong@client.example", From = "Bo Lind <bo@client.example>", Text = Angry + " My order number is 471199." });
        await journey.Receive(Mail with { MessageId = "again@client.example", From = "Bo Lind <bo@client.example>", Subject = "Re: Broken again", Text = "Is anybody there?", InReplyTo = "wrong@client.example" });
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "As I already said, you should have read the manual. Could you tell me your order number?");
        await page.Press("Control+Shift+Enter");
        await Expect(page.Meta()).ToContainTextAsync("Resolved by us");
        var recovery = page.Locator("details.recovery");
        await recovery.Locator("summary").ClickAsync();
        await Expect(recovery).ToContainTextAsync("The first reply has no real apology.");
        await Expect(recovery).ToContainTextAsync("Words with salt in them:");
        await Expect(recovery).ToContainTextAsync("As I already said");

        var customer = await journey.NewVisitor();
        await customer.GotoAsync(await journey.ConfidenceLink(number));
        await customer.Locator("input[name=resolved][value=no]").CheckAsync();
        await customer.Locator("input[name=again][value=no]").CheckAsync();
        await customer.Locator("#confidence button").ClickAsync();
        await Expect(customer.Heading()).ToBeVisibleAsync();
        await Expect(page.Locator("details.recovery > summary")).ToContainTextAsync("they said no");
        await Expect(page.Row(number)).ToContainTextAsync("Told us it is not resolved");

        var figures = page.Locator($"#figures-{number}");
        await Expect(figures.Locator("summary")).ToContainTextAsync("misery");
        await figures.Locator("summary").ClickAsync();
        await Expect(figures).ToContainTextAsync("They said no");
        await Expect(figures).ToContainTextAsync("had to say it again once");
        await Expect(figures).ToContainTextAsync("asked once for what they had said");

        await page.GotoAsync("/morning");
        await Expect(page.Locator("main")).ToContainTextAsync("Said no, and nobody has answered");
        await page.GotoAsync("/consistency");
        await page.Locator("a[data-figure='1']", new() { HasText = "misery" }).First.ClickAsync();
        await Expect(page.Row(number)).ToBeVisibleAsync();
    });
}

/// <summary>The pages of figures, looked at like every other page.</summary>
internal static class FigurePages
{
    public static async Task Seen(Journey journey, IPage page, Inspection inspect)
    {
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Subject = "Broken again", Text = "I am really angry. The grinder arrived broken, again." });
        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "I am so sorry that it came broken. I will send a new one today.", resolve = true })).Is(200);
        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/recovery", new { outsideCause = "DHL", fix = "A new one" })).Is(200);
        await page.Open(number);
        await page.Locator("details.recovery > summary").ClickAsync();
        await page.Locator($"#figures-{number} > summary").ClickAsync();
        await inspect.Of(page, "conversation, recovery open");
        await inspect.See(page, "/recoveries", "Recoveries");
        await inspect.See(page, "/consistency?by=person", "Consistency");
        await inspect.See(page, "/morning", "This morning");
        await inspect.See(page, "/morning/print", "This morning");
    }
}
