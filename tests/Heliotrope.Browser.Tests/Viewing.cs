using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;

namespace Heliotrope.Browser.Tests;

/// <summary>Views, and the same done to many, with the hands on the keyboard.</summary>
public class Viewing(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_view_is_made_walked_and_changed_in_one_go_and_that_is_taken_back() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn("Priya Nair", Role.Agent);
        var numbers = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            numbers.Add(await journey.Receive(TestMail.FromSomebodyNew()));
        }

        // Made by choosing, from the list at hand.
        await page.GotoAsync("/conversations");
        await page.TabTo(page.Locator("#views > summary"));
        await page.Press("Enter");
        await page.TabTo(page.GetByRole(AriaRole.Link, new() { Name = "Save this list as a view" }));
        await page.Press("Enter");
        await page.TabTo(page.GetByLabel("Name", new() { Exact = true }));
        await page.Write(page.GetByLabel("Name", new() { Exact = true }), "Up for grabs");
        await page.TabTo(page.Locator("#field-with > summary"));
        await page.Press("Enter");
        await page.TabTo(page.Locator("#field-with button", new() { HasText = "nobody" }));
        await page.Press("Enter");
        await Expect(page.Locator(".view-parts")).ToContainTextAsync("Who has it: nobody");
        await Expect(page.Locator("#field-with > summary")).ToBeFocusedAsync();
        await Expect(page.Locator("#view-q")).ToHaveValueAsync("is:open with:nobody");
        await Expect(page.Row(numbers[0])).ToBeVisibleAsync();
        await page.TabTo(page.GetByRole(AriaRole.Button, new() { Name = "Save the view" }));
        await page.Press("Enter");
        await Expect(page.Heading()).ToContainTextAsync("Up for grabs 3");

        // Walked: the place is kept, and whoever comes back is where they were.
        await page.Press("j");
        await page.Press("Enter");
        await Expect(page.Subject()).ToBeVisibleAsync();
        await Expect(page.Row(numbers[0]).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("aria-current", "true");
        await page.Press("]");
        await Expect(page.Row(numbers[1]).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("aria-current", "true");
        await page.Press("u");
        await Expect(page.Heading()).ToContainTextAsync("Up for grabs");
        await Expect(page.Row(numbers[1]).GetByRole(AriaRole.Link)).ToBeFocusedAsync();

        // Chosen, shown, done, taken back.
        await page.Press("x");
        await page.Press("j");
        await page.Press("x");
        await Expect(page.Locator("[data-choose-count]")).ToHaveTextAsync("2 chosen");
        await page.Press("b");
        await Expect(page.Heading()).ToHaveTextAsync("Change 2 conversations");
        await page.TabTo(page.Locator("#do-tag > summary"));
        await page.Press("Enter");
        await page.TabTo(page.GetByLabel("Another tag", new() { Exact = true }));
        await page.Write(page.GetByLabel("Another tag", new() { Exact = true }), "recall");
        await page.TabTo(page.Locator("#do-tag").GetByRole(AriaRole.Button, new() { Name = "Add" }));
        await page.Press("Enter");
        await Expect(page.Locator(".bulk-preview")).ToContainTextAsync("2 will change");
        await page.TabTo(page.Locator("[data-bulk-do]"));
        await page.Press("Enter");
        await Expect(page.Heading()).ToContainTextAsync("Up for grabs");
        await Expect(page.Row(numbers[1])).ToContainTextAsync("recall");
        await Expect(page.Row(numbers[2])).ToContainTextAsync("recall");
        await Expect(page.Row(numbers[0])).Not.ToContainTextAsync("recall");
        await Expect(page.Locator("[data-choose-count]")).Not.ToBeVisibleAsync(); // nothing is left to be done twice
        await page.Press("z");
        await Expect(page.Row(numbers[1])).Not.ToContainTextAsync("recall");
        await Expect(page.Row(numbers[2])).Not.ToContainTextAsync("recall");
    });

    [Fact]
    public Task The_list_stays_beside_the_conversation_and_says_when_it_has_left() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var (first, second, third) = (await journey.Receive(TestMail.FromSomebodyNew()), await journey.Receive(TestMail.FromSomebodyNew()), await journey.Receive(TestMail.FromSomebodyNew()));
        await page.GotoAsync("/conversations?q=is%3Aopen");
        await page.Row(second).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Subject()).ToBeVisibleAsync();
        await page.Press("e");
        await Expect(page.Locator("[data-left]")).ToBeVisibleAsync();
        await Expect(page.Row(second)).ToHaveCountAsync(0);
        Assert.Contains("q=is%3Aopen", page.Url, StringComparison.Ordinal);
        await page.Press("j");
        await Expect(page.Row(third).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await page.Press("k");
        await Expect(page.Row(first).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await page.Press("u");
        await Expect(page.Row(third).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
    });

    [Fact]
    public Task Shift_chooses_everything_between() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var numbers = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            numbers.Add(await journey.Receive(TestMail.FromSomebodyNew()));
        }

        await page.GotoAsync("/conversations");
        await page.Press("j");
        await page.Press("x");
        await page.Row(numbers[2]).GetByRole(AriaRole.Link).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.Locator("[data-choose-count]")).ToHaveTextAsync("3 chosen");

        // What is chosen is still chosen after a look into a conversation.
        await page.Row(numbers[3]).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Subject()).ToBeVisibleAsync();
        await page.Press("u");
        await Expect(page.Locator("[data-choose-count]")).ToHaveTextAsync("3 chosen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose none" }).ClickAsync();
        await Expect(page.Locator("[data-choose-count]")).Not.ToBeVisibleAsync();
    });
}
