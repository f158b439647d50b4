using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>What customers say once we believe that it is resolved.</summary>
public class Answers(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task A_no_opens_the_matter_again_on_top_of_the_queue_with_what_they_wrote() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Resolved(journey);
        var waiting = await journey.Receive(TestMail.FromSomebodyNew());
        await Expect(page.Locator(".rows > li")).ToHaveCountAsync(1);
        await page.MustStay();

        var customer = await journey.NewVisitor(scripts: false);
        await customer.GotoAsync(await journey.ConfidenceLink(number));
        await customer.GetByText("Not yet").ClickAsync();
        await customer.GetByText("Yes, I would").ClickAsync();
        await customer.GetByLabel("What else should we know?").FillAsync("It hums again.");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(customer.Heading()).ToHaveTextAsync("Thank you for telling us");

        await Expect(page.Locator(".rows > li").First).ToHaveAttributeAsync("id", $"row-{number}");
        await Expect(page.Row(number)).ToContainTextAsync("Told us it is not resolved");
        await Expect(page.Row(waiting)).ToBeVisibleAsync();
        await page.HasStayed();
        await page.Row(number).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Meta()).ToContainTextAsync("Open");
        await Expect(page.Entries()).ToContainTextAsync("says that it is not resolved: “It hums again.”");
        await Expect(page.Locator("#customer .said")).ToHaveTextAsync("It hums again.");
    });

    [Fact]
    public Task A_person_is_one_action_away() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await Resolved(journey);
        await page.Open(number);
        await page.MustStay();

        var customer = await journey.NewVisitor(360, 640, scripts: false);
        await customer.GotoAsync(await journey.ConfidenceLink(number));
        var button = customer.GetByRole(AriaRole.Button, new() { Name = "Ask for a personal answer" });
        await Expect(button).ToBeInViewportAsync();
        await button.ClickAsync();

        await Expect(customer.Heading()).ToHaveTextAsync("A person will write to you");
        await Expect(page.Row(number)).ToContainTextAsync("Asked for a person");
        await Expect(page.Meta()).ToContainTextAsync("Open");
        await page.HasStayed();
    });

    [Fact]
    public Task Opening_the_link_answers_nothing_and_an_answer_can_be_changed() => Journey.Walk(chromium, async journey =>
    {
        var number = await Resolved(journey);
        var customer = await journey.NewVisitor(scripts: false);
        var link = await journey.ConfidenceLink(number);
        await customer.GotoAsync(link);
        await customer.ReloadAsync();
        Assert.Equal("resolved", (await journey.Server.Api.Conversation(number)).Text("state"));

        await Say(customer, yes: true);
        await Expect(customer.Heading()).ToHaveTextAsync("Thank you");
        Assert.Equal("confirmed", (await journey.Server.Api.Conversation(number)).Text("state"));
        await customer.GetByText("Change my answer").ClickAsync();
        await Expect(customer.Locator("input[name=resolved][value=yes]")).ToBeCheckedAsync();
        await Say(customer, yes: false);
        await Expect(customer.Heading()).ToHaveTextAsync("Thank you for telling us");
        Assert.Equal("open", (await journey.Server.Api.Conversation(number)).Text("state"));
    });

    [Fact]
    public Task Thanks_do_not_open_the_matter_again_but_a_question_does() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var mail = TestMail.FromSomebodyNew();
        var number = await Resolved(journey, mail);
        await page.Open(number);
        await page.MustStay();

        await journey.Receive(mail.Answer("Wonderful, thank you so much!", mail.MessageId));
        await Expect(page.Entries()).ToContainTextAsync("Wonderful, thank you so much!");
        await Expect(page.Meta()).ToContainTextAsync("Resolved by us");

        await journey.Receive(mail.Answer("Thanks! How do I clean it?", mail.MessageId));
        await Expect(page.Entries()).ToContainTextAsync("How do I clean it?");
        await Expect(page.Meta()).ToContainTextAsync("Open");
        await Expect(page.Row(number)).ToContainTextAsync("Wrote again after we resolved it");
        await page.HasStayed();
    });

    private static async Task<long> Resolved(Journey journey, TestMail? mail = null)
    {
        var number = await journey.Receive(mail ?? TestMail.FromSomebodyNew());
        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Please hold the switch.", resolve = true })).Is(200);
        return number;
    }

    private static async Task Say(IPage customer, bool yes)
    {
        await customer.Locator($"input[name=resolved][value={(yes ? "yes" : "no")}]").CheckAsync();
        await customer.Locator("input[name=again][value=yes]").CheckAsync();
        await customer.Locator("form#confidence button").ClickAsync();
    }
}
