using Heliotrope.Core.People;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Figures;

internal static class Recounting
{
    /// <summary>Fails when any figure that is kept differs from what the entries say.</summary>
    public static async Task Recounted(this TestServer server)
    {
        var found = (await server.Services.GetRequiredService<Recompute>().Run(Actor.System, new(Check: true), CancellationToken.None)).Value;
        Assert.True(found.Different == 0, string.Join(", ", found.Differences));
        Assert.True(found.Conversations > 0);
    }
}
