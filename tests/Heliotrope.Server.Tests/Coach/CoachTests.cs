using System.Text.Json;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Coach;

public sealed class CoachTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Angry = "This is the second time that my grinder comes back broken. I am really disappointed and angry. I want my money back!";
    private const string Sorry = "Hello Ada, I am sorry that the grinder came back broken a second time.";

    [Theory, EveryDatabase]
    public async Task A_remark_says_where_its_words_are_why_and_what_to_write(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        using var browser = await server.SignedIn();
        const string text = Sorry + " As I already said, the carrier was at fault.";

        var remark = Assert.Single((await Ask(browser, number, text)).Items("remarks"), r => r.Text("kind") == "salt");

        Assert.StartsWith("As I already said", text.Substring(remark.GetProperty("at").GetInt32(), remark.GetProperty("length").GetInt32()), StringComparison.Ordinal);
        Assert.Equal("Leave it out", remark.Text("fixLabel"));
        Assert.NotEqual("", remark.Text("sentence"));
        Assert.DoesNotContain("coach.", remark.Text("sentence"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_promise_says_by_when_and_how_such_promises_were_kept(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var now = server.Clock.GetUtcNow();
        var monday = new DateTimeOffset(now.Date.AddDays(8 - (int)now.DayOfWeek).AddHours(10), TimeSpan.Zero);
        server.Clock.Advance(monday - now);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        using var browser = await server.SignedIn();
        await Keep(server, number, monday.AddDays(-14).AddHours(-1), [2, 2, 2, 2, 2, 2, 2, 2, 2, 4]);

        var promise = Assert.Single((await Ask(browser, number, Sorry + " I will call you tomorrow at 11:00.")).Items("promises"));

        Assert.Equal("I will call you tomorrow at 11:00", promise.Text("text"));
        Assert.Equal(("tomorrow, 11:00", $"{monday.AddDays(1):yyyy-MM-dd}T11:00"), (promise.GetProperty("due").Text("words"), promise.GetProperty("due").Text("iso")));
        Assert.Equal((9, 10, "call", "time"), (promise.GetProperty("kept").GetInt32(), promise.GetProperty("of").GetInt32(), promise.Text("deed"), promise.Text("precision")));
        Assert.Equal((Said("dddd d MMMM', 17:00'", monday.AddDays(2)), $"{monday.AddDays(2):yyyy-MM-dd}T17:00"), (promise.GetProperty("nineInTen").Text("words"), promise.GetProperty("nineInTen").Text("iso")));

        // Who promises no more than can be kept is offered no other date.
        var late = Assert.Single((await Ask(browser, number, Sorry + " I will call you on Thursday at 11:00.")).Items("promises"));
        Assert.Equal(JsonValueKind.Null, late.GetProperty("nineInTen").ValueKind);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_said_of_no_words_of_too_many_and_of_no_conversation(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        using var browser = await server.SignedIn();

        Assert.Empty((await Ask(browser, number, " \n ")).Items("remarks"));
        Assert.Empty((await Ask(browser, number, new string('a', 100_001))).Items("remarks"));
        (await browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", "/conversations/999999/coach", ("scripted", "yes"), ("text", "Hello."))).Is(404);
    }

    [Theory, EveryDatabase]
    public async Task Not_here_is_for_one_person_and_one_driver(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        var other = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        var driver = await server.Store.Write(
            async db =>
            {
                var made = db.Drivers.Add(new() { Name = $"Broken again {engine}" }).Entity;
                await db.SaveChangesAsync();
                return made.Id;
            },
            CancellationToken.None);
        using var mine = await server.SignedIn();
        using var theirs = await server.SignedIn();
        (await mine.Submit($"/conversations/{other}", $"/conversations/{other}/driver", ("driver", $"{driver}"))).Is(302);

        (await Silence(mine, number, "salt")).Is(204);
        (await Silence(mine, number, "salt")).Is(204); // twice is once

        Assert.False(await Stings(mine, number));
        Assert.True(await Stings(mine, other));
        Assert.True(await Stings(theirs, number));
        var list = (await mine.Get("/coach/silences")).Document;
        Assert.Contains("in conversations without a driver", Assert.Single(list.QuerySelectorAll(".ledger > li")).TextContent, StringComparison.Ordinal);

        (await theirs.Submit($"/conversations/{number}", $"/conversations/{number}/reply", "/coach/silences/remove", ("id", list.QuerySelector("input[name=id]")!.GetAttribute("value")!))).Is(302);
        Assert.False(await Stings(mine, number)); // nobody takes back what is another's
        (await mine.Submit("/coach/silences", "/coach/silences/remove")).Is(302);
        Assert.True(await Stings(mine, number));
    }

    [Theory, EveryDatabase]
    public async Task What_is_never_sent_cannot_be_silenced(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        Assert.Contains("remark.needed", (await Silence(browser, number, "merge-field")).Is(409).Html, StringComparison.Ordinal);
        Assert.Contains("remark.unknown", (await Silence(browser, number, "anything")).Is(422).Html, StringComparison.Ordinal);
        Assert.Contains("conversation.unknown", (await browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", "/conversations/999999/coach/not-here", ("scripted", "yes"), ("unwanted", "salt"))).Is(404).Html, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_is_missing_in_a_reply_as_it_is_sent_was_ignored(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        using var browser = await server.SignedIn();

        (await browser.Reply(number, "Please clean the carrier and start it again.", ("remarks", "apologise acknowledge"))).Is(302);

        var outcomes = await server.Store.Read(db => db.CoachRemarks.Where(r => r.ConversationNumber == number).Select(r => r.Outcome).ToListAsync());
        Assert.Equal([RemarkOutcome.Ignored, RemarkOutcome.Ignored], outcomes);
    }

    [Theory, EveryDatabase]
    public async Task What_became_of_remarks_is_noted_when_the_reply_is_sent(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        using var browser = await server.SignedIn();

        (await DraftTests.Save(browser, number, "reply", "As I already said, calm down.", ("remarks", "salt acknowledge"))).Is(200);
        (await browser.Reply(number, Sorry + " As I already said, the carrier was at fault.", ("remarks", "apologise nothing-known"))).Is(302);

        var entry = await server.Store.Read(db => db.Entries.Where(e => e.ConversationNumber == number).MaxAsync(e => e.Id));
        var remarks = await server.Store.Read(db => db.CoachRemarks.Where(r => r.ConversationNumber == number).OrderBy(r => r.Id).Select(r => new { r.Kind, r.Outcome, r.EntryId }).ToListAsync());
        Assert.All(remarks, remark => Assert.Equal(entry, remark.EntryId));
        Assert.Equal(
            new Dictionary<RemarkKind, RemarkOutcome> { [RemarkKind.Salt] = RemarkOutcome.Ignored, [RemarkKind.Acknowledge] = RemarkOutcome.Taken, [RemarkKind.Apologise] = RemarkOutcome.Taken },
            remarks.ToDictionary(r => r.Kind, r => r.Outcome));
    }

    [Theory, EveryDatabase]
    public async Task Where_no_remark_was_shown_none_is_noted(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        using var browser = await server.SignedIn();

        (await browser.Reply(number, "As I already said, calm down.")).Is(302);

        Assert.False(await server.Store.Read(db => db.CoachRemarks.AnyAsync(r => r.ConversationNumber == number)));
    }

    private static async Task<bool> Stings(Browser browser, long number) =>
        (await Ask(browser, number, Sorry + " As I already said, the carrier was at fault.")).Items("remarks").Any(r => r.Text("kind") == "salt");

    private static async Task<JsonElement> Ask(Browser browser, long number, string text) =>
        JsonDocument.Parse((await browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/coach", ("scripted", "yes"), ("text", text))).Is(200).Html).RootElement;

    private static Task<Page> Silence(Browser browser, long number, string kind) =>
        browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/coach/not-here", ("scripted", "yes"), ("unwanted", kind));

    private static string Said(string format, DateTimeOffset at) => at.ToString(format, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Promises to call within three days, each kept after so many.</summary>
    private static Task<bool> Keep(TestServer server, long number, DateTimeOffset made, int[] after) => server.Store.Write(
        async db =>
        {
            var (customer, owner) = (await db.Conversations.Where(c => c.Number == number).Select(c => c.CustomerId).SingleAsync(), await db.Users.Select(u => u.Id).FirstAsync());
            foreach (var days in after)
            {
                var promise = Promise.Make(new(number, customer, owner), new("I will call you", made.AddDays(3), true, Deed.Call), made, WorkingHours.Usual).Value;
                promise.Keep(made.AddDays(days), WorkingHours.Usual);
                db.Promises.Add(promise);
            }

            return true;
        },
        CancellationToken.None);
}
