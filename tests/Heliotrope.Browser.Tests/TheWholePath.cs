using Heliotrope.Browser.Tests.Infrastructure;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Heliotrope.Browser.Tests;

public class TheWholePath(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task From_the_setup_link_to_a_confirmed_customer_with_the_keyboard_alone() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor();
        await BecomeTheFirstAdministrator(journey, page);

        // A mail arrives in front of their eyes.
        await page.MustStay();
        var number = await FirstMail(journey);
        await Expect(page.Row(number)).ToContainTextAsync("The grinder does not start");
        await Expect(page.Row(number)).ToContainTextAsync("Nobody has answered yet");
        await page.Press("j");
        await Expect(page.Row(number).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await page.Press("Enter");
        await Expect(page.Subject()).ToHaveTextAsync("The grinder does not start");
        await Expect(page.Entries()).ToContainTextAsync("It only hums. What can I do?");

        await page.Press("n");
        await page.Write(page.Note(), "Serial numbers below 400 have the weak switch.");
        await page.Press("Control+Enter");
        await Expect(page.Entries().Locator(".entry-note")).ToContainTextAsync("Serial numbers below 400");
        await Expect(page.Note()).ToHaveValueAsync("");

        // Out of the field, so that single keys act again.
        await page.TabTo(page.Locator(".scroll.from-end"), "Shift+Tab");
        await page.Press("a");
        await Expect(page.Locator("[data-assign] button").First).ToBeFocusedAsync();
        await page.Press("Enter");
        await Expect(page.Meta()).ToContainTextAsync("You have it");

        await page.Press("r");
        await page.Write(page.Reply(), "Hello Marta, please hold the switch for **ten seconds**. Does it start?");
        await page.Press("Control+Enter");
        await Expect(page.Entries().Locator(".entry-ours strong")).ToHaveTextAsync("ten seconds");
        await Expect(page.Meta()).ToContainTextAsync("Waiting for them");

        // The answer is found by References alone, and shown at once.
        var ours = (await journey.Server.Api.Entries(number, "message")).Single(entry => entry.Text("direction") == "out").Text("messageId");
        await journey.Server.Smtp(Marta with { Subject = "Something else entirely", Text = "It starts! Do I have to do that every time?", References = $"<{ours.Trim('<', '>')}>" });
        await Expect(page.Entries()).ToContainTextAsync("Do I have to do that every time?");
        await Expect(page.Meta()).ToContainTextAsync("Open");

        await page.TabTo(page.Locator(".scroll.from-end"), "Shift+Tab");
        await page.Press("r");
        await page.Write(page.Reply(), "No, once is enough.");
        await page.Press("Shift+Control+Enter");
        await Expect(page.Meta()).ToContainTextAsync("Resolved by us");
        await Expect(page.Entries()).ToContainTextAsync("No, once is enough.");

        await TheCustomerConfirms(journey, await ReadTheLinkInTheOutbox(page.Context, number));

        await Expect(page.Meta()).ToContainTextAsync("Confirmed by them");
        await Expect(page.Locator("#customer")).ToContainTextAsync("Would go through this again with us");
        await page.HasStayed();
        await FindThemAmongTheHappy(page);
    });

    private static TestMail Marta => new() { From = "Marta Ruiz <marta@customers.example>" };

    private static async Task BecomeTheFirstAdministrator(Journey journey, IPage page)
    {
        var link = (await journey.Server.SetupPath())!;
        await page.GotoAsync(link);
        await page.Write(page.GetByLabel("Your organisation"), "Morning Coffee");
        await page.Press("Tab");
        await page.Write(page.GetByLabel("Your name"), "Priya Nair");
        await page.Press("Tab");
        await page.Write(page.GetByLabel("Mail address"), "priya@coffee.example");
        await page.Press("Tab");
        await page.Write(page.GetByLabel("Password"), "a kettle of warm rain");
        await page.Press("Enter");
        await Expect(page.Locator("#queue")).ToContainTextAsync("No mail has come in yet.");

        var late = await journey.NewVisitor();
        journey.Expect("the server responded with a status of 4");
        await late.GotoAsync(link);
        await Expect(late.Heading()).ToHaveTextAsync("This desk is set up.");
        await Expect(late.Locator("form[action^='/setup']")).ToHaveCountAsync(0);
    }

    // With the client that comes with .NET, as a program of somebody else would send it.
    private static async Task<long> FirstMail(Journey journey)
    {
        using var client = new SmtpClient("127.0.0.1", journey.Server.SmtpPort);
        using var mail = new MailMessage("Marta Ruiz <marta@customers.example>", "help@coffee.example", "The grinder does not start", "Hello, I bought it last week. It only hums. What can I do?");
        await client.SendMailAsync(mail);
        return 1;
    }

    private static async Task<string> ReadTheLinkInTheOutbox(IBrowserContext browser, long number)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/conversations");
        await page.TabTo(page.Section("Outbox"));
        await page.Press("Enter");
        await Expect(page.Heading()).ToHaveTextAsync("Outbox");
        await Expect(page.Locator(".sheet-head")).ToContainTextAsync("This is what would have been sent.");
        await Expect(page.Locator(".ledger > li")).ToHaveCountAsync(3);
        await Expect(page.Locator(".ledger")).ToContainTextAsync($"Conversation {number}");
        await page.TabTo(page.GetByRole(AriaRole.Link, new() { Name = "Is it resolved?" }));
        await page.Press("Enter");
        var letter = page.Locator(".letter");
        await Expect(letter).ToContainTextAsync("The link works for 30 days");
        var link = new Regex(@"http://\S+/confidence/\S+").Match(await letter.InnerTextAsync()).Value;
        await page.CloseAsync();
        return link;
    }

    private static async Task TheCustomerConfirms(Journey journey, string link)
    {
        var customer = await journey.NewVisitor(scripts: false);
        await customer.GotoAsync(link);
        await Expect(customer.Heading()).ToContainTextAsync("Marta");
        await customer.TabTo(customer.Locator("form#confidence input[name=resolved][value=yes]"));
        await customer.Press("Space");
        await customer.TabTo(customer.Locator("form#confidence input[name=again][value=yes]"));
        await customer.Press("Space");
        await customer.TabTo(customer.GetByLabel("What else should we know?"));
        await customer.Type("Quick and kind.");
        await customer.Press("Tab");
        await customer.Press("Enter");
        await Expect(customer.Heading()).ToHaveTextAsync("Thank you");
        Assert.Empty(await customer.Context.CookiesAsync());
    }

    private static async Task FindThemAmongTheHappy(IPage page)
    {
        await page.TabTo(page.Section("Happiness"));
        await page.Press("Enter");
        await Expect(page.Heading()).ToHaveTextAsync("Happiness");
        await Expect(page.Locator(".figure").First).ToContainTextAsync("One person has written");
        await page.TabTo(page.Locator(".strip-name a", new() { HasText = "Confirmed" }));
        await page.Press("Enter");
        await page.TabTo(page.Row(1).GetByRole(AriaRole.Link));
        await Expect(page.Row(1)).ToContainTextAsync("Confirmed: resolved, and would do it again");
        await page.Press("Enter");
        await Expect(page.Subject()).ToHaveTextAsync("The grinder does not start");
        await Expect(page.Locator("#customer")).ToContainTextAsync("Quick and kind.");
    }
}
