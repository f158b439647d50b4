using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Confidence;

public sealed class OvertakenTests
{
    private const int Seconds = 3_000;

    [Theory, EveryDatabase]
    public async Task Whoever_writes_before_the_question_has_left_is_asked_once_and_when_it_is_resolved_again(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.Url, undoSeconds: Seconds);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        await Resolve(server, number);
        Assert.Equal(["waiting"], await States(server, number));

        await server.Receive(mail with { MessageId = $"again-{mail.MessageId}", InReplyTo = mail.MessageId, Text = "It hums again, what can I do now?" });
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => States(server, number), states => states is ["withdrawn"]);

        await Resolve(server, number);
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => States(server, number), states => states.Order(StringComparer.Ordinal).SequenceEqual(["sent", "withdrawn"]));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_left_alone_is_asked(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.Url, undoSeconds: Seconds);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await Resolve(server, number);
        server.Advance(TimeSpan.FromSeconds(Seconds + 1));
        await server.Until(() => States(server, number), states => states is ["sent"]);
    }

    /// <summary>With an answer before it: resolving what nobody answered asks nothing.</summary>
    private static async Task Resolve(TestServer server, long number)
    {
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Please use the other cable." })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve", new { })).Is(200);
    }

    private static async Task<string[]> States(TestServer server, long number) => [.. (await server.Api.Outbox(number, "confidence")).Select(mail => mail.Text("state"))];
}
