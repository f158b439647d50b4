using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;

namespace Heliotrope.Browser.Tests;

/// <summary>A rule, from writing it to taking back what it did.</summary>
public class WhenIfThen(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_lead_writes_a_rule_tries_it_switches_it_on_sees_it_run_and_takes_it_back() => Journey.Walk(chromium, async journey =>
    {
        var earlier = await journey.Receive(TestMail.FromSomebodyNew() with { Subject = "The first refund", Text = "I want my money back." });
        var page = await journey.SignIn(role: Role.Lead);
        await page.GotoAsync("/rules");
        await page.GetByRole(AriaRole.Link, new() { Name = "New rule" }).PressAsync("Enter");

        // What cannot be kept is shown again as it was typed.
        journey.Expect("status of 422");
        await page.GetByLabel("What people call it").FillAsync("Refunds first");
        await page.GetByLabel("What sets it off").SelectOptionAsync("customer-wrote");
        await page.Locator("#rule-message-0").SelectOptionAsync("words");
        await page.Locator("#rule-message-0-value").FillAsync("refund, money back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).PressAsync("Enter");
        await Expect(page.Locator(".wrong")).ToContainTextAsync("at least one thing");
        await Expect(page.Locator("#rule-message-0-value")).ToHaveValueAsync("refund, money back");

        await page.Locator("#rule-act-0").SelectOptionAsync("tag");
        await page.Locator("#rule-act-0-with").FillAsync("refund");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).PressAsync("Enter");
        await Expect(page.Locator(".rule-state")).ToHaveTextAsync("Not tried yet");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Switch on" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Try against last month" }).PressAsync("Enter");
        await Expect(page.Locator("#try")).ToContainTextAsync("It would have matched once.");
        await Expect(page.Locator("#try .ledger")).ToContainTextAsync("The first refund");
        await Expect(page.Locator("#try .ledger")).ToContainTextAsync("Put the tag “refund” on it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).PressAsync("Enter");
        await Expect(page.Locator(".rule-state")).ToHaveTextAsync("Is on");

        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Subject = "The second refund", Text = "A refund, please." });
        await page.Open(number);
        await Expect(page.Entries()).ToContainTextAsync("The rule “Refunds first” set in");
        await Expect(page.Entries()).ToContainTextAsync("put the tag refund on this");
        await page.GetByRole(AriaRole.Link, new() { Name = "The rule “Refunds first” set in" }).PressAsync("Enter");
        await Expect(page.Locator("#runs .ledger")).ToContainTextAsync("The second refund");

        await page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).PressAsync("Enter");
        await Expect(page.Locator("#runs .ledger")).ToContainTextAsync("Taken back");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take back" })).ToHaveCountAsync(0);
        Assert.Empty((await journey.Server.Api.Conversation(number)).GetProperty("filing").Items("tags"));
        Assert.Empty((await journey.Server.Api.Conversation(earlier)).GetProperty("filing").Items("tags"));

        await page.GotoAsync("/rules");
        await Expect(page.Locator(".rule-row")).ToContainTextAsync("1 run in 30 days");
    });

    [Fact]
    public Task An_agent_reads_rules_and_changes_none() => Journey.Walk(chromium, async journey =>
    {
        (await journey.Server.Api.Post("/api/v1/rules", new { name = "Refunds first", when = "began", then = new[] { new { kind = "tag", value = "refund" } } })).Is(200);
        var page = await journey.SignIn(role: Role.Agent);
        await page.GotoAsync("/rules");
        await page.GetByRole(AriaRole.Link, new() { Name = "Refunds first" }).PressAsync("Enter");
        await Expect(page.Locator(".rule-says")).ToContainTextAsync("A conversation begins");
        await Expect(page.Locator(".rule-acts")).ToHaveCountAsync(0);
    });
}
