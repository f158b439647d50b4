using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Filing;

/// <summary>The order of the queue, and the line that says why.</summary>
public sealed class QueueTests
{
    private const string Always = "Mon-Sun 00:00-24:00";

    private static async Task Team(TestServer server, string name, int minutes) =>
        (await server.Api.Post("/api/v1/teams", new { name, zone = "UTC", hours = Always, firstAnswerMinutes = minutes, nextAnswerMinutes = minutes })).Is(200);

    private static async Task<long> Arrives(TestServer server, string? team = null)
    {
        var number = await server.Receive(TestMail.FromSomebodyNew());
        if (team is not null)
        {
            (await server.Api.Post($"/api/v1/conversations/{number}/team", new { team })).Is(200);
        }

        return number;
    }

    [Theory, EveryDatabase]
    public async Task What_presses_comes_first_then_what_is_due_first_each_with_its_reason(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Team(server, "Slow", 60 * 900);
        await Team(server, "Hours", 60 * 72);
        await Team(server, "Minutes", 50);
        await Team(server, "Gone", 5);
        var (slow, days, soon) = (await Arrives(server, "Slow"), await Arrives(server, "Hours"), await Arrives(server, "Minutes"));
        var (over, date) = (await Arrives(server, "Gone"), await Arrives(server, "Slow"));
        var (unsent, saidNo) = (await Arrives(server, "Slow"), await Arrives(server, "Slow"));
        await server.Store.Write(async db =>
        {
            foreach (var (number, attention) in new[] { (date, Attention.DateCame), (unsent, Attention.NotSent), (saidNo, Attention.SaidNo) })
            {
                await db.Conversations.Where(c => c.Number == number).ExecuteUpdateAsync(set => set.SetProperty(c => c.Attention, attention));
            }

            return true;
        }, CancellationToken.None);
        server.Advance(TimeSpan.FromMinutes(10));

        using var desk = await server.SignedIn();
        var page = (await desk.Get("/conversations")).Document;
        Assert.Equal(new[] { saidNo, unsent, date, over, soon, days, slow }.Select(n => $"row-{n}"), page.QuerySelectorAll(".rows > li").Select(row => row.Id!));
        string Why(long number) => page.QuerySelector($"#row-{number} .row-why")!.TextContent.Trim();
        Assert.StartsWith("Told us it is not resolved, due ", Why(saidNo), StringComparison.Ordinal);
        Assert.StartsWith("Our reply did not reach them, due ", Why(unsent), StringComparison.Ordinal);
        Assert.Equal("Answer was due 5 min ago", Why(over));
        Assert.StartsWith("Nobody has answered yet, due ", Why(soon), StringComparison.Ordinal);
        Assert.Equal("5", page.QuerySelector("#rows-now .num")!.TextContent);
        Assert.Equal("2", page.QuerySelector("#rows-later .num")!.TextContent);
        Assert.Contains("Answer was due 5 min ago", (await desk.Get($"/conversations/{over}")).Document.QuerySelector(".talk-meta")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_late_answer_says_quietly_by_how_much(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Team(server, "Minutes", 30);
        var number = await Arrives(server, "Minutes");
        server.Advance(TimeSpan.FromMinutes(150));
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Sorry for the wait.", resolve = false })).Is(200);
        using var desk = await server.SignedIn();
        Assert.Contains("2 h after it was due", (await desk.Get($"/conversations/{number}")).Document.QuerySelector(".entry-ours .entry-head")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_conversation_keeps_beside_it_the_list_it_was_opened_from(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn();
        foreach (var list in (string[])["", "?team=none", "?view=all&driver=none&channel=mail", "?from=2000-01-01&to=2099-12-31&ending=unanswered&team=none&channel=mail"])
        {
            var opened = (await desk.Get("/conversations" + list)).Document.QuerySelector($"#row-{number} a")!.GetAttribute("href")!;
            Assert.Equal($"/conversations/{number}{list}", WithoutPlace(opened));
            var page = (await desk.Get(opened)).Document;
            Assert.NotNull(page.QuerySelector($"#row-{number}"));
            Assert.Equal("/conversations" + list, WithoutPlace(page.QuerySelector("[data-back]")!.GetAttribute("href")!));
        }

        static string WithoutPlace(string href) => System.Text.RegularExpressions.Regex.Replace(href, "[?&]at=[0-9-]+$", "");

        var (narrowed, empty) = ((await desk.Get("/conversations?team=none&channel=mail")).Document, (await desk.Get("/conversations?from=garbage&team=7")).Document);
        Assert.Equal(["/conversations?channel=mail", "/conversations?team=none"], narrowed.QuerySelectorAll(".narrowed a").Select(a => a.GetAttribute("href")));
        Assert.Equal("1", narrowed.QuerySelector("#queue-heading .count")!.TextContent);
        Assert.Equal("0", empty.QuerySelector("#queue-heading .count")!.TextContent);
    }

    [Theory, EveryDatabase]
    public async Task Page_by_page_nothing_is_lost_and_nothing_comes_twice(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Team(server, "Minutes", 50);
        var all = new List<long>();
        for (var i = 0; i < 53; i++)
        {
            all.Add(await Arrives(server, i % 2 == 0 ? "Minutes" : null));
        }

        using var desk = await server.SignedIn();
        var first = (await desk.Get("/conversations")).Document;
        var second = (await desk.Get(first.QuerySelector(".more a")!.GetAttribute("href")!)).Document;
        var shown = first.QuerySelectorAll(".rows > li").Concat(second.QuerySelectorAll(".rows > li")).Select(row => long.Parse(row.Id![4..], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(53, shown.Count);
        Assert.Equal(all.Order(), shown.Order());
        Assert.Null(second.QuerySelector("a[data-page=next]"));
    }

    [Fact]
    public async Task The_queue_is_read_in_the_order_of_its_index()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        await using var db = server.Store.Open();
        var query = QueueLists.NeedsPerson(db.Conversations.WithoutSpam()).In(db, new(ListOrder.Pressing, AllOpen: true)).Take(51);
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await db.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        Assert.Contains(plan, step => step.Contains("ix_conversations_is_spam_state_attention_answer_due_at_number (is_spam=? AND state=?", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Invented_people_are_told_apart(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await Arrives(server);
        using var desk = await server.SignedIn();
        Assert.Empty((await desk.Get($"/conversations/{number}")).Document.QuerySelectorAll(".demo-chip"));
        await server.Store.Write(async db =>
        {
            (await db.Conversations.FindAsync(number))!.MarkDemo();
            await Organisation.Set(db, SettingKeys.Demo, "loaded");
            return true;
        }, CancellationToken.None);
        var page = (await desk.Get($"/conversations/{number}")).Document;
        Assert.Equal("Demo: invented people", page.QuerySelector(".bar .demo-chip")!.TextContent);
        Assert.Equal(["demo", "demo"], page.QuerySelectorAll("main .demo-chip").Select(chip => chip.TextContent));
    }
}
