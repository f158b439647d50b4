using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Heliotrope.Browser.Tests;

/// <summary>Putting off, tags, spam, drivers and teams, with the hands on the keyboard.</summary>
public class Filing(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task H_puts_off_thanks_leave_the_date_and_a_question_brings_it_back() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail);
        await page.Open(number);

        await page.Press("h");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "In 3 hours" })).ToBeFocusedAsync();
        await page.Press("Tab");
        await page.Press("Enter");
        await Expect(page.Meta()).ToContainTextAsync("Rests until tomorrow 9:00");
        await Expect(page.Entries()).ToContainTextAsync("Priya Nair put this off until");
        await Expect(page.Row(number)).ToHaveCountAsync(0);

        await journey.Receive(mail.Answer("Thank you so much!", mail.MessageId));
        await Expect(page.Entries()).ToContainTextAsync("Thank you so much!");
        await Expect(page.Meta()).ToContainTextAsync("Rests until tomorrow 9:00");

        await journey.Receive(mail.Answer("One more thing: does the red one fit as well?", mail.MessageId) with { MessageId = "question@client.example" });
        await Expect(page.Meta()).ToContainTextAsync("Answer due");
        await Expect(page.Row(number)).ToBeVisibleAsync();
        await Expect(page.Row(number)).ToContainTextAsync("Nobody has answered yet, due");
    });

    [Fact]
    public Task When_the_date_comes_it_is_on_top_and_one_can_bring_it_back_sooner() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Press("h");
        await page.Press("Enter");
        await Expect(page.Meta()).ToContainTextAsync("Rests until");
        await page.Press("h");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bring back now" })).ToBeFocusedAsync();
        await page.Press("Enter");
        await Expect(page.Entries()).ToContainTextAsync("Opened again by Priya Nair");

        await page.Press("h");
        await page.Press("Enter");
        await Expect(page.Meta()).ToContainTextAsync("Rests until");
        journey.Server.Advance(TimeSpan.FromHours(4));
        await journey.Server.Services.GetServices<IHostedService>().OfType<SnoozeWorker>().Single().WakeSome(CancellationToken.None);
        await Expect(page.Row(number)).ToContainTextAsync("The date has come");
        await Expect(page.Entries()).ToContainTextAsync("The date has come");
    });

    [Fact]
    public Task T_puts_a_tag_on_and_two_people_see_it_at_once() => Journey.Walk(chromium, async journey =>
    {
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        var priya = await journey.SignIn();
        var tom = await journey.SignIn("Tom Weaver", Role.Agent);
        await priya.Open(number);
        await tom.Open(number);

        await priya.Press("t");
        await priya.Write(priya.GetByLabel("Name of the tag"), "warranty");
        await priya.Press("Enter");
        await Expect(priya.Locator(".chip")).ToContainTextAsync("warranty");
        await Expect(tom.Locator(".talk-head .chip")).ToContainTextAsync("warranty");
        await Expect(tom.Row(number)).ToContainTextAsync("warranty");

        await tom.GetByRole(AriaRole.Button, new() { Name = "Take the tag warranty off" }).ClickAsync();
        await Expect(tom.Entries()).ToContainTextAsync("Tom Weaver took the tag warranty off");
        await Expect(priya.Locator(".talk-head .chip")).ToHaveCountAsync(0);

        await priya.Press("t");
        await priya.Write(priya.GetByLabel("Name of the tag"), "returns");
        await priya.Press("Enter");
        await priya.GetByRole(AriaRole.Link, new() { Name = "returns", Exact = true }).ClickAsync();
        await Expect(priya.Heading()).ToContainTextAsync("Everything 1");
        await Expect(priya.Row(number)).ToBeVisibleAsync();
    });

    [Fact]
    public Task Spam_leaves_the_queue_and_comes_back_when_it_is_none() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.Open(number);
        await page.Locator("[data-more] summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "This is spam" }).ClickAsync();
        await Expect(page.Meta()).ToContainTextAsync("In the spam folder");
        await Expect(page.Row(number)).ToHaveCountAsync(0);
        await page.Locator("#views summary").ClickAsync();
        await page.Locator("#views a", new() { HasText = "Spam" }).ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync("Spam 1");
        await page.Row(number).GetByRole(AriaRole.Link).ClickAsync();
        await page.Locator("[data-more] summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "This is no spam" }).ClickAsync();
        await Expect(page.Row(number)).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_team_is_set_given_and_says_by_when() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew());
        await page.GotoAsync("/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Teams and drivers" }).ClickAsync();
        var form = page.Locator("#add-team");
        await form.GetByLabel("Name of the team").FillAsync("Repairs");
        await form.GetByLabel("Working hours").FillAsync("Mon-Sun 00:00-24:00");
        await form.GetByLabel("Time zone").FillAsync("Europe/Atlantis");
        await form.GetByLabel("First answer within").FillAsync("0.5");
        journey.Expect("status of 422");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add the team" }).ClickAsync();
        await Expect(page.Locator("#team-new-zone-wrong")).ToContainTextAsync("There is no time zone");
        await Expect(form.GetByLabel("Name of the team")).ToHaveValueAsync("Repairs");
        await form.GetByLabel("Time zone").FillAsync("Europe/Berlin");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add the team" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Repairs" })).ToBeVisibleAsync();
        await page.GetByLabel("New driver").FillAsync("Broken on arrival");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the driver" }).ClickAsync();
        await Expect(page.Locator("#drivers")).ToContainTextAsync("Broken on arrival");

        await page.Open(number);
        await page.Press("a");
        await page.GetByRole(AriaRole.Button, new() { Name = "Repairs" }).ClickAsync();
        await Expect(page.Meta()).ToContainTextAsync("Repairs have it");
        await Expect(page.Meta()).ToContainTextAsync("Answer due");
        await page.Locator("[data-more] summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Broken on arrival" }).ClickAsync();
        await Expect(page.Meta()).ToContainTextAsync("Why: Broken on arrival");
        await Expect(page.Entries()).ToContainTextAsync("Priya Nair says why: Broken on arrival");
        journey.Server.Advance(TimeSpan.FromHours(1));
        await page.ReloadAsync();
        await Expect(page.Row(number)).ToContainTextAsync("Answer was due");
        await Expect(page.Meta()).ToContainTextAsync("Answer was due");
    });
}
