using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Settings;

public sealed class SilenceTests
{
    [Theory, EveryDatabase]
    public async Task A_program_reads_and_sets_after_how_many_days_no_word_is_silence(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        Assert.Equal(7, (await server.Api.Get("/api/v1/settings/silence")).Is(200).Json.GetProperty("days").GetInt32());
        (await server.Api.Post("/api/v1/settings/silence", new { days = 3 })).Is(200);
        Assert.Equal(3, (await server.Api.Get("/api/v1/settings/silence")).Is(200).Json.GetProperty("days").GetInt32());
    }
}
