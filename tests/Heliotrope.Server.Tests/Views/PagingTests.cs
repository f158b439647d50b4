using Heliotrope.Core.Conversations;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Views;

/// <summary>Pages of a list, forwards and back, while it moves.</summary>
public sealed class PagingTests
{
    private const int Most = 4;

    /// <summary>Conversations with every mixture of what an order looks at, many of them alike.</summary>
    private static async Task Mixed(TestServer server)
    {
        var numbers = await server.AddConversations(31);
        await server.Store.Write(
            async db =>
            {
                foreach (var (number, at) in numbers.Select((number, at) => (number, at)))
                {
                    var (attention, due, last) = (at % 5 == 0 ? Attention.SaidNo : Attention.Usual, at % 3 == 0 ? (DateTimeOffset?)null : DateTimeOffset.UnixEpoch.AddDays(at % 4), DateTimeOffset.UnixEpoch.AddDays(at % 6));
                    await db.Conversations.Where(c => c.Number == number).ExecuteUpdateAsync(set => set
                        .SetProperty(c => c.Attention, attention).SetProperty(c => c.AnswerDueAt, due).SetProperty(c => c.LastActivityAt, last));
                }

                return true;
            },
            CancellationToken.None);
    }

    private static Task<(List<QueueRows.Row> Rows, bool Before, bool Behind)> Page(TestServer server, Sort sort, Place? after, Place? before = null) =>
        server.Store.Read(db => QueueRows.Page(db, db.Conversations, sort, after, before, Most));

    private static async Task<List<Place>> InOrder(TestServer server, Sort sort)
    {
        var places = (await server.Store.Read(db => QueueRows.Project(db, db.Conversations).ToListAsync())).ConvertAll(row => QueueRows.PlaceOf(row, sort));
        places.Sort(sort.Compare);
        return places;
    }

    [Theory]
    [EveryDatabase(ListOrder.Pressing, true)]
    [EveryDatabase(ListOrder.Pressing, false)]
    [EveryDatabase(ListOrder.Newest, false)]
    [EveryDatabase(ListOrder.Oldest, false)]
    [EveryDatabase(ListOrder.Due, false)]
    public async Task Every_order_is_walked_to_its_end_and_back_in_the_same_steps(Engine engine, ListOrder order, bool open)
    {
        await using var server = await TestServer.Start(engine);
        await Mixed(server);
        var sort = new Sort(order, open);
        var all = await InOrder(server, sort);

        var forwards = new List<Place>();
        Place? at = null;
        for (var more = true; more;)
        {
            var (rows, before, behind) = await Page(server, sort, at);
            Assert.Equal(at is not null, before);
            forwards.AddRange(rows.Select(row => QueueRows.PlaceOf(row, sort)));
            (at, more) = (forwards[^1], behind);
        }

        Assert.Equal(all, forwards);
        var back = new List<Place>();
        at = forwards[^1];
        for (var more = true; more;)
        {
            var (rows, before, behind) = await Page(server, sort, null, at);
            Assert.True(behind);
            back.InsertRange(0, rows.Select(row => QueueRows.PlaceOf(row, sort)));
            (at, more) = (back[0], before);
        }

        Assert.Equal(all[..^1], back);
    }

    [Theory]
    [EveryDatabase(ListOrder.Pressing)]
    [EveryDatabase(ListOrder.Newest)]
    [EveryDatabase(ListOrder.Oldest)]
    [EveryDatabase(ListOrder.Due)]
    public async Task While_others_move_and_leave_what_stays_is_shown_once_and_nothing_is_lost(Engine engine, ListOrder order)
    {
        await using var server = await TestServer.Start(engine);
        await Mixed(server);
        var sort = new Sort(order);
        var moving = (await InOrder(server, sort)).Where((_, at) => at % 4 == 1).Select(place => place.Number).ToList();
        var stays = (await InOrder(server, sort)).Select(place => place.Number).Except(moving).ToList();
        var shown = new List<long>();
        Place? at = null;
        for (var (more, turn) = (true, 0); more; turn++)
        {
            var (rows, _, behind) = await Page(server, sort, at);
            shown.AddRange(rows.Select(row => row.Number));
            (at, more) = (QueueRows.PlaceOf(rows[^1], sort), behind);
            var (number, later) = (moving[turn % moving.Count], DateTimeOffset.UnixEpoch.AddDays(turn * 7 % 11));
            await server.Store.Write<int>(
                db => turn % 2 == 0
                    ? db.Conversations.Where(c => c.Number == number).ExecuteDeleteAsync()
                    : db.Conversations.Where(c => c.Number == number).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastActivityAt, later).SetProperty(c => c.AnswerDueAt, later)),
                CancellationToken.None);
        }

        Assert.Equal(stays, shown.Except(moving));
        Assert.Equal(stays.Count, shown.Count(stays.Contains));
    }

    [Theory, EveryDatabase]
    public async Task From_an_open_conversation_the_way_leads_on_even_when_it_has_left_the_list(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var numbers = await server.AddConversations(Queues.PageSize + 3);
        numbers.Reverse(); // newest first
        using var desk = await server.SignedIn();
        var first = (await desk.Get("/conversations?view=all")).Document;
        var (third, fourth) = (numbers[2], numbers[3]);
        var opened = first.QuerySelector($"#row-{third} a")!.GetAttribute("href")!;
        var page = (await desk.Get(opened)).Document;
        Assert.StartsWith($"/conversations/{fourth}?", page.QuerySelector("[data-walk=next]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.StartsWith($"/conversations/{numbers[1]}?", page.QuerySelector("[data-walk=previous]")!.GetAttribute("href"), StringComparison.Ordinal);

        // Somebody moves it to the top meanwhile: the next is still the one that stood behind it.
        await server.Store.Write(db => db.Conversations.Where(c => c.Number == third).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastActivityAt, server.Clock.GetUtcNow())), CancellationToken.None);
        Assert.StartsWith($"/conversations/{fourth}?", (await desk.Get(opened)).Document.QuerySelector("[data-walk=next]")!.GetAttribute("href"), StringComparison.Ordinal);

        // It leaves the list: its place stays marked, and whoever comes back is where they were.
        await server.Store.Write(db => db.Conversations.Where(c => c.Number == third).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsSpam, true)), CancellationToken.None);
        page = (await desk.Get(opened)).Document;
        Assert.Equal($"row-{fourth}", page.QuerySelector("[data-left]")!.NextElementSibling!.Id);
        Assert.StartsWith($"/conversations/{fourth}?", page.QuerySelector("[data-walk=next]")!.GetAttribute("href"), StringComparison.Ordinal);
        var back = (await desk.Get(page.QuerySelector("[data-back]")!.GetAttribute("href")!)).Document;
        Assert.Equal($"{fourth}", back.QuerySelector("[data-here]")!.GetAttribute("data-number"));

        // The last of a page is followed by the first of the next, with its page beside it.
        var last = (await desk.Get("/conversations?view=all")).Document.QuerySelectorAll(".rows > li")[^1];
        var end = (await desk.Get(last.QuerySelector("a")!.GetAttribute("href")!)).Document;
        var over = (await desk.Get(end.QuerySelector("[data-walk=next]")!.GetAttribute("href")!)).Document;
        Assert.Equal($"row-{numbers[^2]}", over.QuerySelectorAll(".rows > li")[0].Id); // one has left, so a page ends one later
        Assert.Equal("true", over.QuerySelector($"#row-{numbers[^2]} a")!.GetAttribute("aria-current"));
        var returned = (await desk.Get(over.QuerySelector("[data-walk=previous]")!.GetAttribute("href")!)).Document;
        Assert.Equal(last.Id, returned.QuerySelectorAll(".rows > li")[^1].Id);
    }

    [Theory, EveryDatabase]
    public async Task Whatever_is_done_in_a_conversation_the_list_stays_beside_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = (await server.AddConversations(2))[0];
        using var desk = await server.SignedIn();
        var opened = (await desk.Get("/conversations?view=all&q=is%3Aopen")).Document.QuerySelector($"#row-{number} a")!.GetAttribute("href")!;
        var list = opened[opened.IndexOf('?', StringComparison.Ordinal)..];
        desk.Say("Heliotrope-List", list);
        Assert.Equal(opened, (await desk.Submit(opened, $"/conversations/{number}/tags", ("add", "warranty"))).Location);
        desk.Say("Heliotrope-List", "?view=//evil.example&q=%0d%0aSet-Cookie: a=b");
        Assert.StartsWith($"/conversations/{number}", (await desk.Submit(opened, $"/conversations/{number}/tags", ("remove", "warranty"))).Location, StringComparison.Ordinal);
    }
}
