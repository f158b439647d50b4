using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;

namespace Heliotrope.Browser.Tests;

/// <summary>Who comes in, and what an administrator sets.</summary>
public class Doors(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_wrong_password_is_refused_in_words_that_tell_nothing_and_the_right_one_leads_to_the_page_that_was_asked_for() => Journey.Walk(chromium, async journey =>
    {
        await journey.Server.AddUser("priya@desk.example", role: Role.Admin, password: Demo.Password);
        var page = await journey.NewVisitor();
        await page.GotoAsync("/happiness");
        await Expect(page.Heading()).ToHaveTextAsync("Sign in to the desk");

        foreach (var email in (string[])["nobody@desk.example", "priya@desk.example"])
        {
            journey.Expect("status of 422");
            await page.GetByLabel("Mail address").FillAsync(email);
            await page.GetByLabel("Password").FillAsync("not my password");
            await page.Press("Enter");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not belong together");
            await Expect(page.GetByLabel("Mail address")).ToHaveValueAsync(email);
            await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        }

        await page.GetByLabel("Password").FillAsync(Demo.Password);
        await page.Press("Enter");
        await Expect(page.Heading()).ToHaveTextAsync("Happiness");
    });

    [Fact]
    public Task Whoever_signs_out_is_out() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.Locator("#me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Sign in to the desk");

        await page.GotoAsync("/conversations");
        await Expect(page.Heading()).ToHaveTextAsync("Sign in to the desk");
    });

    [Fact]
    public Task The_settings_are_closed_to_an_agent_who_is_told_so() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn("Tom Weaver", Role.Agent);
        await Expect(page.Section("Happiness")).ToBeVisibleAsync();
        await Expect(page.Section("Settings")).ToHaveCountAsync(0);

        journey.Expect("status of 403");
        Assert.Equal(403, (await page.GotoAsync("/settings"))!.Status);
        await Expect(page.Heading()).ToHaveTextAsync("This is not open to you.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the desk" }).ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync("Needs a person");
    });

    [Fact]
    public Task An_address_that_leads_nowhere_says_so() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        journey.Expect("status of 404");
        Assert.Equal(404, (await page.GotoAsync("/nowhere"))!.Status);
        await Expect(page.Heading()).ToHaveTextAsync("There is nothing at this address.");
    });

    [Fact]
    public Task An_administrator_sets_the_address_the_people_the_keys_and_the_silence() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await page.Section("Settings").ClickAsync();
        await page.GetByLabel("Address customers write to").FillAsync("help@coffee.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the address" }).ClickAsync();
        await Expect(page.Locator("#addresses .ledger")).ToContainTextAsync("help@coffee.example");
        Assert.NotEqual(Heliotrope.Mail.Smtp.SendOutcome.Accepted, (await journey.Server.Smtp(new TestMail { To = "elsewhere@coffee.example" })).Outcome);

        var person = page.Locator("#add-person");
        await person.Locator("summary").ClickAsync();
        await person.GetByLabel("Name").FillAsync("Tom Weaver");
        await person.GetByLabel("Mail address").FillAsync("tom@coffee.example");
        await person.GetByLabel("May do").SelectOptionAsync("lead");
        await person.GetByLabel("Password").FillAsync(Demo.Password);
        await person.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("#people .ledger")).ToContainTextAsync("tom@coffee.example");

        await page.GetByLabel("What it is for").FillAsync("the shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var key = await page.Locator(".once code").InnerTextAsync();
        using (var shop = new ApiClient(journey.Server.Url, key))
        {
            (await shop.Get("/api/v1/conversations")).Is(200);
        }

        await page.GetByLabel("Days without a word").FillAsync("12");
        await page.Locator("#silence").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".once")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Days without a word")).ToHaveValueAsync("12");
        await Expect(page.Locator("#keys-of-programs .ledger")).ToContainTextAsync("the shop");
        await Expect(page.Locator("body")).Not.ToContainTextAsync(key);

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove help@coffee.example" }).ClickAsync();
        await Expect(page.Locator("#addresses")).ToContainTextAsync("Mail to any address is accepted");
        var tom = await journey.NewVisitor();
        await tom.SignIn("tom@coffee.example");
    });

    [Fact]
    public Task A_message_without_a_sender_waits_where_a_person_can_open_it() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        await journey.Server.Smtp(new TestMail { From = null, Subject = "Nobody wrote this", Text = "Who am I?" });
        var next = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Row(next)).ToBeVisibleAsync();

        await page.Section("Outbox").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Messages that could not be read" }).ClickAsync();
        await Expect(page.Locator(".ledger > li")).ToContainTextAsync("No sender could be read");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nobody wrote this" }).ClickAsync();
        await Expect(page.Locator("pre.raw")).ToContainTextAsync("Who am I?");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download the message" }).ClickAsync());
        Assert.Contains("Who am I?", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await page.Press("u");
        await Expect(page.Heading()).ToHaveTextAsync("Messages that could not be read");
    });

    [Fact]
    public Task The_description_of_the_API_can_be_read_by_people_and_by_programs() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor();
        await page.GotoAsync("/api");
        await Expect(page.Heading()).ToHaveTextAsync("The API of Heliotrope");
        await Expect(page.Locator(".operation", new() { HasText = "POST /api/v1/conversations/{number}/replies" })).ToContainTextAsync("resolve");
        var document = await page.Context.APIRequest.GetAsync(new Uri(journey.Server.Url, "/openapi/v1.json").ToString());
        Assert.StartsWith("3.1", (await document.JsonAsync())!.Value.Text("openapi"), StringComparison.Ordinal);
    });
}
