using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>Finding somebody, changing what is known of them, and making two of them one and taking it back.</summary>
public class FindingPeople(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task Somebody_is_found_as_one_types_changed_in_place_merged_and_told_apart_by_undo() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await journey.Receive(new() { From = "Ada Lovelace <ada@client.example>", Subject = "Hello" });
        await journey.Receive(new() { From = "Countess <countess@client.example>", Subject = "Once more" });
        await journey.Receive(new() { From = "Grace <grace@client.example>", Subject = "Another" });

        await page.Section("Customers").ClickAsync();
        await Expect(page.Locator("#found .ledger > li")).ToHaveCountAsync(3);
        await page.MustStay();
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("lovel");
        await Expect(page.Locator("#found .ledger > li")).ToHaveCountAsync(1);
        await page.HasStayed();
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await page.Locator("#found .ledger-what a").ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Ada Lovelace");

        await page.Locator("#change-customer > summary").ClickAsync();
        await page.GetByLabel("Phones").FillAsync("+49 30 123456");
        await page.GetByLabel("Time zone").FillAsync("Asia/Tokyo");
        await page.Locator("#change-customer").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".person .facts")).ToContainTextAsync("Tokyo");
        await Expect(page.Locator(".person .facts")).ToContainTextAsync("+49 30 123456");

        await page.GetByRole(AriaRole.Link, new() { Name = "Merge with somebody" }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("countess");
        await page.Locator("#found .ledger-what a").ClickAsync();
        await Expect(page.Locator(".merge-preview")).ToContainTextAsync("What goes from Ada Lovelace to Countess");
        await page.GetByRole(AriaRole.Link, new() { Name = "The other way round" }).ClickAsync();
        await Expect(page.Locator(".merge-preview")).ToContainTextAsync("What goes from Countess to Ada Lovelace");
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge, Ada Lovelace stays" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Ada Lovelace");
        await Expect(page.Locator(".person .facts")).ToContainTextAsync("countess@client.example");
        await Expect(page.Locator(".said-list > li")).ToHaveCountAsync(2);

        await page.Locator(".toast").GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Locator(".person .facts")).Not.ToContainTextAsync("countess@client.example");
        await Expect(page.Locator(".said-list > li")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task Without_scripts_the_list_is_searched_with_its_button() => Journey.Walk(chromium, async journey =>
    {
        await journey.Receive(new() { From = "Ada Lovelace <ada@client.example>" });
        await journey.Receive(new() { From = "Grace <grace@client.example>" });
        var page = await journey.NewVisitor(scripts: false);
        await journey.SignIn(page);
        await page.GotoAsync("/customers");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("grace");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(page.Locator("#found .ledger > li")).ToHaveCountAsync(1);
        await page.Locator("#found .ledger-what a").ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Grace");
    });
}
