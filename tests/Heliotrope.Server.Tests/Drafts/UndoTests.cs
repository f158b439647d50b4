using Heliotrope.Core.Conversations;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class UndoTests
{
    private const int Seconds = 3600; // nothing leaves before a test says so

    [Theory, EveryDatabase]
    public async Task What_is_leaving_can_be_taken_back_and_is_a_draft_again(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var author = await server.SignedIn();
        using var colleague = await server.SignedIn(name: "Tom Weaver");

        (await author.Reply(number, "Please hold the *switch*.")).Is(302);
        var mine = (await author.Get($"/conversations/{number}")).Document;
        Assert.Contains("Leaves in a few seconds", mine.QuerySelector(".entry-leaving")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("switch", mine.QuerySelector(".entry-leaving em")!.TextContent);
        Assert.Equal("", mine.QuerySelector("textarea[data-write=reply]")!.TextContent);
        var theirs = (await colleague.Get($"/conversations/{number}")).Document.QuerySelector(".entry-leaving")!;
        Assert.Contains("Is leaving", theirs.TextContent, StringComparison.Ordinal);
        Assert.Null(theirs.QuerySelector("form"));
        Assert.Empty(await server.Api.Outbox(number));

        (await author.Submit($"/conversations/{number}", $"/conversations/{number}/undo")).Is(302);
        var back = (await author.Get($"/conversations/{number}")).Document;
        Assert.Null(back.QuerySelector(".entry-leaving"));
        Assert.Equal("Please hold the *switch*.", back.QuerySelector("textarea[data-write=reply]")!.TextContent);
        server.Advance(TimeSpan.FromHours(2));
        (await author.Reply(number, "Something else.")).Is(302);
        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Api.Outbox(number), mails => mails.Length > 0);
        Assert.Equal(["Something else."], await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task It_leaves_when_its_time_is_over_and_resolves_when_that_was_asked(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var author = await server.SignedIn();
        (await author.Reply(number, "It is on its way.", ("resolve", "on"), ("cc", "bob@client.example"))).Is(302);
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));

        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Api.Conversation(number), c => c.Text("state") == "resolved");
        Assert.Equal(["It is on its way."], await server.Said(number));
        Assert.Equal(2, (await server.Api.Outbox(number, "reply")).Length);
        Assert.Single(await server.Api.Outbox(number, "confidence"));
        Assert.Equal(0, await server.Store.Read(db => db.Drafts.CountAsync()));

        // Too late is no error, and changes nothing.
        (await author.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/undo")).Is(302);
        Assert.Equal(["It is on its way."], await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task Words_typed_while_a_reply_is_leaving_are_kept_once_it_has_left_and_those_that_left_are_not(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var author = await server.SignedIn();
        (await author.Reply(number, "It is on its way.")).Is(302);
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Said(number), said => said.Length == 1);

        var age = ("age", ((Seconds - 1) * 1000).ToString(System.Globalization.CultureInfo.InvariantCulture));
        async Task<string> Save(string text) => (await DraftTests.Save(author, number, "reply", text, age)).Html;
        Assert.Contains("draft.sent", await Save("It is on"), StringComparison.Ordinal);
        Assert.DoesNotContain("code", await Save("And one more thing."), StringComparison.Ordinal);
        Assert.Equal("And one more thing.", (await author.Get($"/conversations/{number}")).Document.QuerySelector("textarea[name=text]")!.TextContent);
    }

    [Theory, EveryDatabase]
    public async Task The_next_reply_lets_the_one_before_go_and_a_program_does_not_wait(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var author = await server.SignedIn();
        (await author.Reply(number, "One.")).Is(302);
        Assert.Contains("draft.leaving", (await DraftTests.Save(author, number, "reply", "Tw")).Html, StringComparison.Ordinal);
        (await author.Reply(number, "Two.")).Is(302);
        Assert.Equal(["One."], await server.Said(number));

        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "At once." })).Is(200);
        Assert.Equal(["One.", "At once."], await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task What_is_refused_when_due_stays_and_says_why(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var author = await server.SignedIn();
        (await author.Reply(number, "Words.")).Is(302);
        await server.Store.Write(db => db.Drafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.Cc, "bob")), CancellationToken.None);

        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Store.Read(db => db.Drafts.SingleAsync()), draft => draft.Refused == "cc.malformed");
        var page = (await author.Get($"/conversations/{number}")).Document;
        var stopped = page.QuerySelector(".entry-stopped")!;
        Assert.Contains("This did not leave. “bob” among the copies is not a mail address.", stopped.TextContent, StringComparison.Ordinal);
        Assert.Contains("Words.", stopped.TextContent, StringComparison.Ordinal);
        Assert.Equal("", page.QuerySelector("textarea[data-write=reply]")!.TextContent); // what is written next does not push it aside
        Assert.Empty(await server.Api.Outbox(number));
    }

    [Theory, EveryDatabase]
    public async Task One_that_cannot_be_sent_is_given_back_and_keeps_none_behind_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        var (first, second) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        using var author = await server.SignedIn();
        await server.Store.Read(db => db.Database.ExecuteSqlRawAsync(engine is Engine.Postgres
            ? "ALTER TABLE entries ADD CONSTRAINT unspeakable CHECK (text <> 'Poison.')"
            : "CREATE TRIGGER unspeakable BEFORE INSERT ON entries WHEN NEW.text = 'Poison.' BEGIN SELECT RAISE(ABORT, 'unspeakable'); END"));
        (await author.Reply(first, "Poison.")).Is(302);
        server.Advance(TimeSpan.FromSeconds(1));
        (await author.Reply(second, "Answer.")).Is(302);

        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => server.Said(second), said => said.Length > 0);
        Assert.Equal("draft.failed", (await server.Store.Read(db => db.Drafts.SingleAsync())).Refused);
        Assert.Contains("it is our fault", (await author.Get($"/conversations/{first}")).Document.QuerySelector(".entry-stopped")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(server.Log.Errors, line => line.Contains("could not be sent", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Of_taking_back_and_leaving_at_the_same_moment_exactly_one_happens(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: Seconds);
        using var author = await server.SignedIn();
        for (var round = 0; round < 8; round++)
        {
            var number = await server.Receive(TestMail.FromSomebodyNew());
            (await author.Reply(number, "Now or never.")).Is(302);
            var undo = author.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/undo");
            server.Advance(TimeSpan.FromSeconds(Seconds + 1));
            (await undo).Is(302);
            await server.Until(() => server.Store.Read(db => db.Drafts.CountAsync(d => d.SendAt != null)), leaving => leaving == 0);

            var left = (await server.Said(number)).Length;
            Assert.Equal(1, left + await server.Store.Read(db => db.Drafts.CountAsync(d => d.ConversationNumber == number)));
        }
    }

    [Fact]
    public async Task Of_two_processes_on_one_database_one_sends_it()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var one = await TestServer.Start(database, undoSeconds: Seconds);
        await using var two = await TestServer.Start(database, undoSeconds: Seconds);
        using var author = await one.SignedIn();
        var numbers = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            numbers.Add(await one.Receive(TestMail.FromSomebodyNew()));
            (await author.Reply(numbers[^1], $"Answer {i}.")).Is(302);
        }

        one.Advance(TimeSpan.FromSeconds(Seconds + 1));
        two.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await one.Until(() => one.Store.Read(db => db.Drafts.CountAsync()), left => left == 0);
        foreach (var number in numbers)
        {
            Assert.Single(await one.Said(number));
            Assert.Single(await one.Store.Read(db => db.Outbox.Where(o => o.ConversationNumber == number).ToListAsync()));
        }

        Assert.Empty(one.Log.Errors);
        Assert.Empty(two.Log.Errors);
    }

    [Theory, EveryDatabase]
    public async Task Killed_between_the_click_and_its_time_it_leaves_once_after_the_restart(Engine engine)
    {
        await using var database = await TestDatabase.CreateMigrated(engine);
        long number;
        await using (var before = await TestServer.Start(database))
        {
            number = await before.Receive(TestMail.FromSomebodyNew());
            await before.AddUser("priya@desk.example");
            await before.Store.Write(db => db.Settings.Where(s => s.Key == "undo-seconds").ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, $"{Seconds}")), CancellationToken.None);
        }

        await using (var process = await TestProcess.Serve(database))
        {
            using var author = new Browser(process.Url);
            await author.SignIn("priya@desk.example");
            (await author.Reply(number, "Please hold the switch.")).Is(302);
            await process.Kill();
        }

        await using (var again = await TestServer.Start(database, undoSeconds: Seconds))
        {
            Assert.Empty(await again.Api.Outbox(number));
            again.Advance(TimeSpan.FromSeconds(Seconds + 1));
            await again.Until(() => again.Api.Outbox(number), mails => mails.Length > 0);
        }

        await using var last = await TestServer.Start(database, undoSeconds: Seconds);
        last.Advance(TimeSpan.FromSeconds(Seconds * 2));
        Assert.Equal(["Please hold the switch."], await last.Said(number));
        Assert.Single(await last.Api.Outbox(number));
        Assert.Equal(0, await last.Store.Read(db => db.Drafts.CountAsync()));
    }
}
