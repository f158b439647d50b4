using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Coach;

public sealed class MergeFieldTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Unfilled = "Dear {{first_name}}, it is on its way.";

    [Theory, EveryDatabase]
    public async Task No_unfilled_field_leaves_by_the_api(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());

        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = Unfilled })).IsProblem(409, "reply.merge-field");
        (await server.Api.Post("/api/v1/conversations", new { to = "new@client.example", subject = "Your order", text = Unfilled })).IsProblem(409, "reply.merge-field");
        (await server.Api.Post("/api/v1/conversations", new { to = "new@client.example", subject = "Your order, [Name]", text = "It is on its way." })).IsProblem(409, "reply.merge-field");
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = Unfilled })).Is(200);
        Assert.Empty(await server.Said(number));
    }

    [Theory, EveryDatabase]
    public async Task No_unfilled_field_leaves_from_the_desk_and_its_words_are_kept(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: 3600);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();

        var refused = (await browser.Reply(number, Unfilled)).Is(422).Document;

        Assert.Contains("“{{first_name}}” is still to be filled in.", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Unfilled, refused.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Null((await browser.Get($"/conversations/{number}")).Document.QuerySelector(".entry-leaving"));

        var begun = (await browser.Submit("/conversations/new", "/conversations/new", ("to", "new@client.example"), ("subject", "For [Name]"), ("text", "It is on its way."))).Is(422).Document;
        Assert.Contains("“[Name]” is still to be filled in.", begun.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }
}
