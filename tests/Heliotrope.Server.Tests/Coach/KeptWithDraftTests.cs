using Heliotrope.Server.Promises;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Coach;

public sealed class KeptWithDraftTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Text = "I will call you\ntomorrow at 11:00. We send it today.";

    [Fact]
    public void Only_promises_whose_words_still_stand_are_kept()
    {
        Assert.Equal("I will call you tomorrow at 11:00\nWe send it today", AcceptedPromises.Keep(["I will call  you tomorrow at 11:00", "We send it today", "We send it tomorrow", "", "We send it today"], Text));
        Assert.Equal(20, AcceptedPromises.Read(AcceptedPromises.Keep(Enumerable.Range(0, 100).Select(i => $"{i}"), string.Join(' ', Enumerable.Range(0, 100)))).Count);
        Assert.Equal("", AcceptedPromises.Keep([new string('a', 501)], new string('a', 501)));
    }

    [Theory, EveryDatabase]
    public async Task What_was_accepted_and_what_was_shown_is_there_again_with_the_draft(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        (await DraftTests.Save(browser, number, "reply", Text, ("promises", "We send it today"), ("promises", "I will call you tomorrow at 11:00"), ("remarks", "salt"))).Is(200);
        Assert.Equal("We send it today, I will call you tomorrow at 11:00; salt", await Kept(browser, number));

        // What is taken back is gone, what was shown stays shown, and a page without the words keeps neither.
        (await browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/draft", ("text", Text), ("promises", "We send it today"), ("remarks", "words"))).Is(200);
        Assert.Equal("We send it today; salt words", await Kept(browser, number));
        (await DraftTests.Save(browser, number, "reply", "  ")).Is(200);
        Assert.Equal("; ", await Kept(browser, number));
    }

    private static async Task<string> Kept(Browser browser, long number)
    {
        var form = (await browser.Get($"/conversations/{number}")).Document.QuerySelector("form.writing-reply")!;
        return string.Join(", ", form.QuerySelectorAll("input[name=promises]").Select(i => i.GetAttribute("value"))) + "; " + form.QuerySelector("input[name=remarks]")!.GetAttribute("value");
    }
}
