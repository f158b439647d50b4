using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;

namespace Heliotrope.Browser.Tests;

/// <summary>Merging, splitting, moving, undoing, finding and printing, with the hands on the keyboard.</summary>
public class WholeConversations(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task Two_become_one_whoever_reads_is_led_over_and_Z_takes_it_back() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var into = await journey.Receive(mail with { Text = "My grinder is silent." });
        var number = await journey.Receive(mail with { MessageId = "second@client.example", Text = "It smokes, too." });
        var lena = await journey.SignIn("Lena Fischer", Role.Agent);
        await lena.Open(number);
        await page.GotoAsync($"/conversations/{number}/merge");
        await page.GetByRole(AriaRole.Button, new() { Name = $"#{into}" }).FocusAsync();
        await page.Press("Enter");
        await Expect(page.GetByText("1 message moves")).ToBeVisibleAsync();
        var act = page.GetByRole(AriaRole.Button, new() { Name = "Make it one conversation" });
        await Expect(act).ToBeFocusedAsync();
        await page.Press("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/conversations/{into}$"));
        await Expect(page.Entries()).ToContainTextAsync("It smokes, too.");
        await Expect(page.Entries()).ToContainTextAsync("Priya Nair merged in");
        await Expect(lena).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/conversations/{into}"));
        await Expect(lena.Entries()).ToContainTextAsync("My grinder is silent.");

        await page.Press("z");
        await Expect(page.Locator("#toasts")).ToContainTextAsync("Taken back");
        await Expect(page.Entries()).Not.ToContainTextAsync("It smokes, too.");
        await page.Open(number);
        await Expect(page.Entries()).ToContainTextAsync("It smokes, too.");
    });

    [Fact]
    public Task A_part_goes_on_by_itself() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail with { Text = "My grinder is silent." });
        await journey.Receive(mail.Answer("The invoice is wrong.", mail.MessageId));
        await page.GotoAsync($"/conversations/{number}/split");
        await page.Locator("input[name=entries]").First.FocusAsync();
        await page.Press("Space");
        await page.GetByLabel("Its subject").FillAsync("The invoice");
        await page.Press("Enter");
        await Expect(page.Locator("#talk-heading")).ToHaveTextAsync("The invoice");
        await Expect(page.Entries()).ToContainTextAsync("The invoice is wrong.");
        await Expect(page.Entries()).Not.ToContainTextAsync("My grinder is silent.");
        await page.GetByRole(AriaRole.Link, new() { Name = "split this off from" }).FocusAsync();
        await page.Press("Enter");
        await Expect(page.Entries()).ToContainTextAsync("split off");
        await page.Press("z");
        await Expect(page.Entries()).ToContainTextAsync("The invoice is wrong.");
    });

    [Fact]
    public Task A_long_one_opens_at_its_end_unfolds_and_what_is_folded_is_found() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail with { Text = "The needle is here." });
        for (var i = 0; i < 60; i++)
        {
            (await journey.Server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = $"Note {i}" })).Is(200);
        }

        await page.Open(number);
        await Expect(page.Entries()).ToContainTextAsync("Note 59");
        await Expect(page.Entries()).Not.ToContainTextAsync("The needle is here.");
        await page.Locator("[data-earlier]").FocusAsync();
        await page.Press("Enter");
        await Expect(page.Entries()).ToContainTextAsync("The needle is here.");

        await page.GotoAsync($"/conversations/{number}");
        await page.EvaluateAsync("() => { document.querySelector('[data-find]').open = true; }");
        await page.Locator("[name=find]").FillAsync("NEEDLE");
        await page.Press("Enter");
        await Expect(page.Locator(".find-count")).ToHaveTextAsync("1 of 1");
        await Expect(page.Locator(".found")).ToBeFocusedAsync();
        await Expect(page.Locator(".found")).ToContainTextAsync("The needle is here.");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => CSS.highlights.get('found')?.size ?? 0"));

        var first = await page.Locator(".found").GetAttributeAsync("id");
        await page.GotoAsync($"/conversations/{number}#{first}");
        await Expect(page.Locator($"#{first}")).ToBeVisibleAsync();

        await page.GotoAsync($"/conversations/{number}/print");
        await Expect(page.Locator(".printed")).ToContainTextAsync("The needle is here.");
        await Expect(page.Locator(".printed")).Not.ToContainTextAsync("Note 1");
        await page.GotoAsync($"/conversations/{number}/print?notes=yes");
        await Expect(page.Locator(".printed")).ToContainTextAsync("Note 1");
    });
}
