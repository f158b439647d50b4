using Heliotrope.Server.Figures;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Figures;

public sealed class CountAgainTests
{
    [Theory, EveryDatabase]
    public async Task When_a_driver_goes_what_was_counted_by_it_is_counted_again(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var driver = (await server.Api.Post("/api/v1/drivers", new { name = "Late parcel" })).Is(200).Json.EnumerateArray().Single(d => d.Text("name") == "Late parcel").GetProperty("id").GetInt64();
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver = "Late parcel" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It arrives tomorrow.", resolve = true })).Is(200);
        server.Advance(TimeSpan.FromDays(8));
        await server.Services.GetRequiredService<PackDays>().PackAll(CancellationToken.None);

        (await server.Api.Post($"/api/v1/drivers/{driver}/remove")).Is(200);
        await server.Services.GetRequiredService<FigureEarlier>().CountSome(CancellationToken.None); // or the worker itself was quicker
        Assert.Equal(1, await server.Store.Read(db => db.Figures.CountAsync(f => f.ConversationNumber == number)));
        await server.Recounted();
    }
}
