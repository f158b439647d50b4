using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The pages of the rules, looked at like every other page.</summary>
internal static class RulePages
{
    public static async Task Seen(Journey journey, IPage page, Inspection inspect)
    {
        var api = journey.Server.Api;
        var rule = (await api.Post("/api/v1/rules", new
        {
            name = "Refunds first",
            when = "customer-wrote",
            @if = "is:open",
            message = new[] { new { field = "words", value = "grinder, refund" } },
            then = new object[] { new { kind = "tag", value = "refund" }, new { kind = "assign", value = "best" }, new { kind = "note", value = "Look at the invoice first." } },
        })).Is(200).Json.GetProperty("id").GetInt64();
        (await api.Post("/api/v1/rules", new { name = "A second one", when = "waits", waitMinutes = 240, workingTime = true, then = new[] { new { kind = "notify", value = "assignee" } } })).Is(200);
        await inspect.See(page, $"/rules/{rule}", "Refunds first");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try against last month" }).ClickAsync();
        await Expect(page.Locator(".rule-found")).ToBeVisibleAsync();
        await inspect.Of(page, "rule, tried");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.Locator(".rule-state")).ToHaveTextAsync("Is on");
        await journey.Receive(TestMail.FromSomebodyNew() with { Text = "A refund for the grinder, please." });
        await inspect.See(page, $"/rules/{rule}", "Refunds first");
        await Expect(page.Locator("#runs .ledger li").First).ToBeVisibleAsync();
        await inspect.See(page, "/rules", "Rules");
        await inspect.See(page, "/rules/new", "New rule");
        journey.Expect("status of 422");
        await page.GetByLabel("What people call it").FillAsync("A third one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(page.Locator(".wrong").First).ToBeVisibleAsync();
        await inspect.Of(page, "rule, refused");
        await inspect.See(page, $"/rules/{rule}/edit", "Change the rule");
        (await api.Put($"/api/v1/rules/{rule}", new { on = false })).Is(200);
    }
}
