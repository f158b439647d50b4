using Heliotrope.Core;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Database;

public sealed class StoreTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static readonly Refusal No = Refusal.Invalid("no", "No.");

    [Theory, EveryDatabase]
    public async Task A_change_that_ends_in_a_refusal_changes_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        Assert.Equal(No, await server.Store.Write<Refusal?>(async db => await Resolve(db, number) > 0 ? No : null, CancellationToken.None));
        Assert.Equal(No, (await server.Store.Write<Result<long>>(async db => await Resolve(db, number) > 0 ? No : 1, CancellationToken.None)).Refusal);
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));

        Assert.Equal(1, (await server.Store.Write<Result<long>>(async db => await Resolve(db, number), CancellationToken.None)).Value);
        Assert.Equal("resolved", (await server.Api.Conversation(number)).Text("state"));
    }

    private static Task<int> Resolve(HeliotropeDb db, long number) => db.Conversations.Where(c => c.Number == number)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, Core.Conversations.ConversationState.Resolved));
}
