using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Conversations;

public sealed class MentionTests
{
    [Theory, EveryDatabase]
    public async Task Whoever_is_named_in_a_note_is_told_follows_and_is_a_link(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn();
        var tom = await server.AddUser("tom@desk.example", "Tom Weaver");
        (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/note", ("text", "Can *you* look, @Tom Weaver? Not `@Tom Weaver`, nor me@Tom Weaver."))).Is(302);

        var note = (await priya.Get($"/conversations/{number}")).Document.QuerySelector(".entry-note")!;
        Assert.Equal("@Tom Weaver", Assert.Single(note.QuerySelectorAll(".entry-body a")).TextContent);
        Assert.Equal("Tom Weaver", (await server.Api.Entries(number, "note")).Single().Items("mentions").Single().Text("name"));
        var told = await server.Store.Read(db => db.Notifications.Where(n => n.UserId == tom.Id).Select(n => n.Reason.ToString()).ToListAsync());
        Assert.Equal(["Mentioned"], told);
        Assert.Equal(1, await server.Store.Read(db => db.Follows.CountAsync(f => f.UserId == tom.Id && f.ConversationNumber == number)));
    }

    [Theory, EveryDatabase]
    public async Task Only_those_who_may_see_a_conversation_are_offered(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var priya = await server.SignedIn(Role.Admin);
        await server.AddUser("tom@desk.example", "Tom Weaver");
        Task<string> Offered() => Html(priya, $"/conversations/{number}/people/choices");
        Assert.Contains("Tom Weaver", await Offered(), StringComparison.Ordinal);
        await server.Store.Write(
            async db =>
            {
                var team = db.Teams.Add(new() { Name = "Secret", Private = true }).Entity;
                await db.SaveChangesAsync();
                (await db.Conversations.SingleAsync(c => c.Number == number)).BelongTo(team.Id);
                return true;
            },
            CancellationToken.None);
        Assert.DoesNotContain("Tom Weaver", await Offered(), StringComparison.Ordinal);
        Assert.Contains("Priya Nair", await Offered(), StringComparison.Ordinal);
    }

    private static async Task<string> Html(Browser browser, string path) => (await browser.Get(path)).Is(200).Html;
}
