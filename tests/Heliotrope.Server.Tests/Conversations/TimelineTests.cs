using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Conversations;

public sealed class TimelineTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static string[] Entries(Page page) => [.. page.Document.QuerySelectorAll("li[id^=entry-]").Select(li => li.Id!)];

    /// <summary>A conversation whose first words are long folded away.</summary>
    private static async Task<(long Number, List<long> Ids)> Long(TestServer server, int notes)
    {
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = "The needle is in here." });
        var now = server.Clock.GetUtcNow();
        await server.Store.Write(
            async db =>
            {
                var conversation = await db.Conversations.SingleAsync(c => c.Number == number);
                for (var i = 0; i < notes; i++)
                {
                    Assert.Null(conversation.Note(Actor.System, $"Note {i} Grüße", now.AddSeconds(i)).Refusal);
                }

                return true;
            },
            CancellationToken.None);
        return (number, await server.Store.Read(db => db.Entries.Where(e => e.ConversationNumber == number).OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => e.Id).ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_long_one_shows_its_newest_part_and_unfolds_step_by_step(Engine engine)
    {
        var server = await servers.On(engine);
        var (number, ids) = await Long(server, 400);
        using var desk = await server.SignedIn();
        var page = await desk.Get($"/conversations/{number}");
        Assert.Equal([.. ids[^40..].Select(id => $"entry-{id}")], Entries(page));
        var fold = page.Document.QuerySelector("[data-earlier]")!;
        Assert.Contains("361 earlier", fold.TextContent, StringComparison.Ordinal);
        var next = fold.GetAttribute("href")!;
        Assert.Equal($"/conversations/{number}?from={ids[^100]}#entry-{ids[^40]}", next);

        page = await desk.Get(next.Split('#')[0]);
        Assert.Equal([.. ids[^100..].Select(id => $"entry-{id}")], Entries(page));
        Assert.Contains("301 earlier", page.Document.QuerySelector("[data-earlier]")!.TextContent, StringComparison.Ordinal);

        page = await desk.Get($"/conversations/{number}?from={ids[0]}");
        Assert.Equal([.. ids[..240].Select(id => $"entry-{id}")], Entries(page));
        Assert.Null(page.Document.QuerySelector("[data-earlier]"));
        Assert.Contains("161 later", page.Document.QuerySelectorAll(".folded")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal(ids.Count, (await server.Api.Entries(number)).Length);
        foreach (var odd in new[] { "0", "x", "999999999" })
        {
            Assert.Equal(40, Entries((await desk.Get($"/conversations/{number}?from={odd}")).Is(200)).Length);
        }
    }

    [Theory, EveryDatabase]
    public async Task What_is_looked_for_is_found_where_it_is_folded_away(Engine engine)
    {
        var server = await servers.On(engine);
        var (number, ids) = await Long(server, 60);
        using var desk = await server.SignedIn();
        var page = await desk.Get($"/conversations/{number}?find=NEEDLE");
        Assert.Equal($"entry-{ids[0]}", page.Document.QuerySelector(".found")!.Id);
        Assert.Equal("1 of 1", page.Document.QuerySelector(".find-count")!.TextContent);

        page = await desk.Get($"/conversations/{number}?find=grusse&hit=2");
        Assert.Equal("2 of 60", page.Document.QuerySelector(".find-count")!.TextContent);
        Assert.Equal($"entry-{ids[2]}", page.Document.QuerySelector(".found")!.Id);
        Assert.Contains($"hit=3#entry-{ids[3]}", page.Document.QuerySelector("[data-next-hit]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal($"entry-{ids[^1]}", (await desk.Get($"/conversations/{number}?find=grusse&hit=99")).Document.QuerySelector(".found")!.Id);
        page = await desk.Get($"/conversations/{number}?find={Uri.EscapeDataString("<nothing>")}");
        Assert.Equal("Not in this conversation.", page.Document.QuerySelector(".find-count")!.TextContent);
        Assert.Equal(40, Entries(page).Length);
    }

    [Theory, EveryDatabase]
    public async Task Paper_has_what_was_said_and_notes_only_when_asked_for(Engine engine)
    {
        var server = await servers.On(engine);
        var (number, _) = await Long(server, 2);
        using var desk = await server.SignedIn();
        var paper = (await desk.Get($"/conversations/{number}/print")).Is(200).Document;
        Assert.Contains($"#{number}", paper.QuerySelector(".printed-head")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ada Lovelace", paper.QuerySelector(".printed-head")!.TextContent, StringComparison.Ordinal);
        Assert.Single(paper.QuerySelectorAll(".printed-entry"));
        Assert.Equal(3, (await desk.Get($"/conversations/{number}/print?notes=yes")).Document.QuerySelectorAll(".printed-entry").Length);
        Assert.Equal(404, (await desk.Get("/conversations/999999/print")).Status);
    }

    [Theory, EveryDatabase]
    public async Task What_merely_happened_one_after_the_other_is_one_line(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        for (var i = 0; i < 6; i++)
        {
            (await server.Api.Post($"/api/v1/conversations/{number}/tags", new { add = new[] { $"tag {i}" } })).Is(200);
        }

        using var desk = await server.SignedIn();
        var page = (await desk.Get($"/conversations/{number}")).Document;
        Assert.Contains("4 things happened", page.QuerySelector(".happened summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, page.QuerySelectorAll(".happened li").Length);
        Assert.Equal(7, page.QuerySelectorAll("li[id^=entry-]").Length);
    }
}
