namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>One server an engine for the tests of a class that keep to conversations of their own.</summary>
public sealed class SharedServers : IAsyncLifetime
{
    private readonly Dictionary<Engine, TestServer> _servers = [];

    internal async Task<TestServer> On(Engine engine)
    {
        // The tests of a class run one after the other.
        if (!_servers.TryGetValue(engine, out var server))
        {
            _servers[engine] = server = await TestServer.Start(engine);
        }

        return server;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
