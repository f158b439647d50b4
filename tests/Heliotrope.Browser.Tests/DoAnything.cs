using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The palette and keys that follow one another, with nothing but a keyboard; and on a phone with nothing but a finger.</summary>
public class DoAnything(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_few_letters_find_what_to_do_and_ask_for_the_value_that_it_needs() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await journey.Server.AddUser("lena@desk.example", "Lena Fischer");
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("Control+k");
        await Expect(Field(page)).ToBeFocusedAsync();
        await Expect(Options(page).First).ToContainTextAsync("Back to the queue");
        await page.Type("asg");
        await Expect(Chosen(page)).ToContainTextAsync("Assign");
        await page.Press("Enter");
        await page.Type("len");
        await Expect(Chosen(page)).ToHaveTextAsync("Lena FischerAssign");
        await page.Press("Enter");
        await Expect(page.Entries()).ToContainTextAsync("Priya Nair gave this to Lena Fischer");
        await Expect(page.Locator("#palette")).ToBeHiddenAsync();

        // What was used lately comes first.
        await page.Press("Control+k");
        await Expect(Options(page).First).ToContainTextAsync("Assign");

        // Back, and away without having done anything.
        await page.Press("Enter");
        await Expect(Options(page).Filter(new() { HasText = "Lena Fischer" })).ToBeVisibleAsync();
        await page.Press("Backspace");
        await Expect(Options(page).First).ToContainTextAsync("Assign");
        await page.Press("Escape");
        await Expect(page.Locator("#palette")).ToBeHiddenAsync();
    });

    [Fact]
    public Task The_arrows_move_what_a_screen_reader_hears_and_the_cursor_stays_in_the_field() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.Press("Control+k");
        await Expect(Field(page)).ToHaveAttributeAsync("aria-activedescendant", "palette-0");
        await Expect(Options(page).Last).ToContainTextAsync("priya@desk.example"); // people are asked for, and come a little later
        await page.Press("ArrowDown");
        await Expect(Field(page)).ToHaveAttributeAsync("aria-activedescendant", "palette-1");
        await Expect(page.Locator("#palette-1")).ToHaveAttributeAsync("aria-selected", "true");
        await page.Press("ArrowUp");
        await page.Press("ArrowUp");
        await Expect(page.Locator("#palette [role=option]").Last).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(Field(page)).ToBeFocusedAsync();
        await page.Type("zzzz");
        await Expect(page.Locator("#palette-said")).ToHaveTextAsync("1 found.");
        await Expect(Options(page)).ToHaveCountAsync(1); // what was found for fewer letters stands there until the answer comes
        await Expect(Options(page)).ToContainTextAsync("zzzz"); // nothing here; what was said may hold it
    });

    [Fact]
    public Task Words_and_numbers_lead_to_conversations_and_names_to_pages() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Subject = "The kettle whistles in B flat" });
        await Go(page, "kettle whis", "The kettle whistles in B flat");
        await page.WaitForURLAsync($"**/conversations/{number}");
        await Go(page, "happi", "Happiness");
        await page.WaitForURLAsync("**/happiness");
        await Go(page, $"{number}", $"{number} The kettle");
        await page.WaitForURLAsync($"**/conversations/{number}");
    });

    [Fact]
    public Task G_and_a_letter_go_to_a_page_and_say_which_letters_there_are() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.Press("g");
        await Expect(page.Locator("#sequence")).ToContainTextAsync("Notifications");
        await page.Press("n");
        await page.WaitForURLAsync("**/notifications");
        await Expect(page.Locator("#sequence")).ToBeHiddenAsync();
        await page.Press("g");
        await page.Press("d");
        await page.WaitForURLAsync("**/day");

        // What follows nothing does nothing, and the next key is a key of its own again.
        await page.Press("g");
        await page.Press("Escape");
        await Expect(page.Locator("#sequence")).ToBeHiddenAsync();
        await page.Press("?");
        await Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.Locator("#single-keys").UncheckAsync();
        await page.Press("Escape");
        await page.Press("g");
        await Expect(page.Locator("#sequence")).ToBeHiddenAsync();
        await page.Press("Control+k");
        await Expect(Field(page)).ToBeFocusedAsync();
    });

    [Fact]
    public Task Following_and_walking_through_a_list_need_no_mouse() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var first = await journey.Receive(TestMail.FromSomebodyNew());
        var second = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(first);
        await page.Press("w");
        await Expect(page.Meta()).ToContainTextAsync("You follow this");
        await page.Press("q");
        await Expect(page.Meta()).ToContainTextAsync("Muted for you");
        await page.Press("q");
        await Expect(page.Meta()).Not.ToContainTextAsync("Muted for you");
        await page.Press("y");
        await Expect(page.Entries()).ToContainTextAsync("Priya Nair took this");
        await page.Press("]");
        await page.WaitForURLAsync($"**/conversations/{second}?*");
        await page.Press("[");
        await page.WaitForURLAsync($"**/conversations/{first}?*");
    });

    [Fact]
    public Task On_a_phone_a_finger_does_the_same() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn(width: 360);
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Locator(".bar [data-command=palette]").ClickAsync();
        await Field(page).FillAsync("promises");
        await Options(page).Filter(new() { HasText = "Promises" }).First.ClickAsync();
        await page.WaitForURLAsync("**/promises");
        await page.Open(number);
        await page.Locator(".step [data-command=palette]").ClickAsync();
        await page.RunAndWaitForResponseAsync(() => Field(page).FillAsync("resolve"), answer => answer.Url.Contains("/palette?q=resolve", StringComparison.Ordinal)); // the list is made anew with what was found
        await Options(page).Filter(new() { HasText = "Resolve" }).First.ClickAsync();
        await Expect(page.Meta()).ToContainTextAsync("Resolved by us");
    });

    private static async Task Go(IPage page, string words, string first)
    {
        await page.Press("Control+k");
        await page.Write(Field(page), words);
        await Expect(Chosen(page)).ToContainTextAsync(first);
        await page.Press("Enter");
    }

    private static ILocator Field(IPage page) => page.Locator("#palette-input");

    private static ILocator Options(IPage page) => page.Locator("#palette [role=option]");

    private static ILocator Chosen(IPage page) => page.Locator("#palette [role=option][aria-selected=true]");
}
