using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class CrossingTests
{
    private const int Seconds = 3600;

    [Theory, EveryDatabase]
    public async Task The_second_writer_sees_the_first_reply_before_theirs_leaves(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        using var tom = await server.SignedIn(name: "Tom Weaver");
        var seen = await tom.Seen(number);

        (await priya.Reply(number, "Please hold the switch.")).Is(302);
        var refused = (await tom.Reply(number, "Please send it in.", ("seen", seen))).Is(422).Document;
        Assert.Contains("Somebody wrote here", refused.QuerySelector("[role=alert][data-crossed]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Please send it in.", refused.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Contains("Please hold the switch.", refused.QuerySelector(".entries")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Please hold the switch."], await server.Said(number));

        // The page now shows it, so whoever sends again knows.
        (await tom.Reply(number, "Please send it in.")).Is(302);
        Assert.Equal(["Please hold the switch.", "Please send it in."], await server.Said(number));
        (await priya.Reply(number, "Both work.", ("seen", seen))).Is(422); // Tom's she has not seen
        (await tom.Reply(number, "Both work.", ("seen", seen))).Is(422); // nor he hers, whatever he wrote after it
    }

    [Theory, EveryDatabase]
    public async Task A_page_that_does_not_say_what_it_shows_has_seen_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        (await priya.Reply(number, "Blind.", ("seen", ""))).Is(422);
        Assert.Empty(await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task Of_replies_at_the_very_same_moment_one_leaves_and_the_others_are_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        const int writers = 4;
        var people = new List<Browser>();
        for (var i = 0; i < writers; i++)
        {
            people.Add(await server.SignedIn(name: $"Person {i}"));
        }

        for (var round = 0; round < 3; round++)
        {
            var number = await server.Receive(TestMail.FromSomebodyNew());
            var seen = await server.Newest(number);
            var programs = Enumerable.Range(0, 2).Select(async i => (int)(await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = $"Program {i}.", seen })).Status);
            var answers = await Task.WhenAll(people.Select(async (person, i) => (await person.Reply(number, $"Answer {i}.", ("seen", $"{seen}"))).Status).Concat(programs));
            Assert.Single(answers, status => status is 302 or 200);
            Assert.All(answers.Where(status => status is not (302 or 200)), status => Assert.True(status is 422 or 409, $"{status}"));
            Assert.Single(await server.Said(number));
        }

        people.ForEach(person => person.Dispose());
    }

    [Theory, EveryDatabase]
    public async Task Of_two_in_their_seconds_of_undo_the_second_is_given_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        using var tom = await server.SignedIn(name: "Tom Weaver");
        var seen = await tom.Seen(number);
        (await priya.Reply(number, "Please hold the switch.")).Is(302);
        (await tom.Reply(number, "Please send it in.", ("knows", ""))).Is(422); // hers is leaving, and he was not shown it

        // As if both had pressed in the same moment.
        var draft = await server.Store.Read(db => db.Drafts.SingleAsync());
        server.Advance(TimeSpan.FromSeconds(1));
        await server.Store.Write(db => db.Drafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.SendAt, (DateTimeOffset?)null)), CancellationToken.None);
        (await tom.Reply(number, "Please send it in.", ("seen", seen), ("knows", ""))).Is(302);
        await server.Store.Write(db => db.Drafts.Where(d => d.Id == draft.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.SendAt, draft.SendAt)), CancellationToken.None);

        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Store.Read(db => db.Drafts.CountAsync(d => d.SendAt != null)), leaving => leaving == 0);
        Assert.Equal(["Please hold the switch."], await server.Said(number));
        var stopped = (await tom.Get($"/conversations/{number}")).Document.QuerySelector(".entry-stopped")!;
        Assert.Contains("somebody answered first", stopped.TextContent, StringComparison.Ordinal);
        Assert.Contains("Please send it in.", stopped.TextContent, StringComparison.Ordinal);

        // Knowingly, with one button.
        (await tom.Press(number, "now")).Is(302);
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Said(number), said => said.Length == 2);
        Assert.Equal(0, await server.Store.Read(db => db.Drafts.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_saw_the_other_leaving_sends_knowingly(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        using var tom = await server.SignedIn(name: "Tom Weaver");
        (await priya.Reply(number, "Please hold the switch.")).Is(302);
        server.Advance(TimeSpan.FromSeconds(1));
        (await tom.Reply(number, "And send us a photo.")).Is(302); // his page showed it
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Said(number), said => said.Length == 2);
        Assert.Equal(["Please hold the switch.", "And send us a photo."], await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task What_the_customer_writes_in_the_seconds_of_undo_is_read_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        using var priya = await server.SignedIn();
        (await priya.Reply(number, "Please hold the switch.", ("resolve", "on"))).Is(302);
        await server.Again(mail, "Forget it, it works.");
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        var page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Contains("the customer wrote first", page.QuerySelector(".entry-stopped")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await server.Said(number));

        (await priya.Reply(number, "Wonderful.")).Is(302); // what did not leave keeps nothing else back
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Said(number), said => said.Length == 1);
        (await priya.Press(number, "drop")).Is(302);
        Assert.Equal(0, await server.Store.Read(db => db.Drafts.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_program_says_what_it_has_seen_or_is_not_asked(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var seen = await server.Newest(number);
        await server.Again(mail, "One more thing.");
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Late.", seen })).IsProblem(409, "reply.crossed");
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Now.", seen = await server.Newest(number) })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Unasked." })).Is(200);
        Assert.Equal(["Now.", "Unasked."], await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_of_another_form_leaves_the_words_in_the_composer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        await DraftTests.Save(priya, number, "reply", "Half a sentence");
        var page = (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/snooze", ("at", "2001-01-01T09:00"))).Is(422).Document;
        Assert.Equal("Half a sentence", page.QuerySelector("textarea[data-write=reply]")!.TextContent);
    }
}
