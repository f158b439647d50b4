using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class StrangeAddressTests
{
    [Theory, EveryDatabase]
    public async Task A_reply_leaves_also_where_the_customer_wrote_to_a_domain_beyond_ascii(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { To = "support@münchen.example" });
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Here we are." })).Is(200);
        var raw = await server.Api.OutboxRaw(Assert.Single(await server.Api.Outbox(number, "reply")));
        Assert.Contains("@xn--mnchen-3ya.example>", raw, StringComparison.Ordinal);
    }
}
