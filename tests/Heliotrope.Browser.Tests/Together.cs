using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;

namespace Heliotrope.Browser.Tests;

/// <summary>Colleagues at the same conversation.</summary>
public class Together(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task One_sees_who_reads_along_who_writes_and_who_left() => Journey.Walk(chromium, async journey =>
    {
        var priya = await journey.SignIn();
        var lena = await journey.SignIn("Lena Fischer", Role.Agent);
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await priya.Open(number);
        await priya.MustStay();
        await Expect(People(priya)).ToBeHiddenAsync();

        await lena.Open(number);
        await Expect(People(priya)).ToHaveTextAsync("LFLena Fischer is reading along.");
        await Expect(Said(priya)).ToHaveTextAsync("Lena Fischer is reading along.");
        await Expect(People(lena)).ToHaveTextAsync("PNPriya Nair is reading along.");

        await lena.Press("r");
        await lena.Write(lena.Reply(), "Please");
        await Expect(People(priya)).ToContainTextAsync("Lena Fischer is writing a reply.");
        await Expect(Said(priya)).ToHaveTextAsync("Lena Fischer is writing a reply.");

        // Who stops and begins again is shown, and not said once more.
        await Said(priya).EvaluateAsync("said => { said.textContent = ''; }");
        await lena.Reply().FillAsync("");
        await Expect(People(priya)).ToContainTextAsync("Lena Fischer is reading along.");
        await Tab(lena, "note").ClickAsync();
        await lena.Note().FillAsync("I have it.");
        await Expect(People(priya)).ToContainTextAsync("Lena Fischer is writing a note.");
        await Expect(Said(priya)).ToHaveTextAsync("Lena Fischer is writing a note.");
        await lena.Note().FillAsync("");
        await Tab(lena, "reply").ClickAsync();
        await lena.Reply().FillAsync("Please hold");
        await Expect(People(priya)).ToContainTextAsync("Lena Fischer is writing a reply.");
        await Expect(Said(priya)).ToHaveTextAsync("Lena Fischer is writing a note.");

        await lena.CloseAsync(new() { RunBeforeUnload = true });
        await Expect(People(priya)).ToBeHiddenAsync();
        await priya.HasStayed();
    });

    [Fact]
    public Task The_queue_marks_what_a_colleague_has_open_and_a_renewal_agrees_with_it() => Journey.Walk(chromium, async journey =>
    {
        var priya = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        var lena = await journey.SignIn("Lena Fischer", Role.Agent);
        await Expect(priya.Row(number)).ToBeVisibleAsync();
        var mark = priya.Locator($"[data-there='{number}']");
        await Expect(mark).ToBeHiddenAsync();

        await lena.Row(number).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(mark.Locator(".face")).ToHaveTextAsync("LF");
        await Expect(priya.Row(number).GetByRole(AriaRole.Link)).ToContainTextAsync("Also open: Lena Fischer");
        var shown = await mark.EvaluateAsync<string>("mark => mark.outerHTML.replace(/\\s+/g, ' ')");
        var other = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(priya.Row(other)).ToBeVisibleAsync();
        Assert.Equal(shown, await mark.EvaluateAsync<string>("mark => mark.outerHTML.replace(/\\s+/g, ' ')"));

        await Expect(lena.Subject()).ToBeVisibleAsync(); // her page may still be on its way
        await lena.Press("u");
        await lena.WaitForURLAsync("**/conversations?*");
        await Expect(mark).ToBeHiddenAsync();
        await Expect(lena.Locator($"[data-there='{number}']")).ToBeHiddenAsync();
    });

    private static ILocator People(IPage page) => page.Locator("#presence-people");

    private static ILocator Tab(IPage page, string kind) => page.Locator($"label:has(input[value={kind}])");

    private static ILocator Said(IPage page) => page.Locator("#presence-said");
}
