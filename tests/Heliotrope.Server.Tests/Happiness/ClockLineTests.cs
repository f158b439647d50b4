using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Happiness;

public sealed class ClockLineTests
{
    [Theory, EveryDatabase]
    public async Task What_is_resolved_without_an_answer_waits_for_none_and_was_not_asked(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn();
        Assert.Contains("due", (await Steps())[1], StringComparison.Ordinal);

        (await server.Api.Post($"/api/v1/conversations/{number}/resolve")).Is(200);
        Assert.Equal(["First answer none", "Asked if resolved not asked"], (await Steps())[1..3]);

        (await server.Api.Post($"/api/v1/conversations/{number}/reopen")).Is(200);
        Assert.Contains("due", (await Steps())[1], StringComparison.Ordinal);

        async Task<List<string>> Steps() => [.. (await desk.Get($"/conversations/{number}")).Document.QuerySelectorAll(".clock-line li").Select(step =>
            $"{step.QuerySelector("b")!.TextContent} {step.QuerySelector("small")!.TextContent}")];
    }
}
