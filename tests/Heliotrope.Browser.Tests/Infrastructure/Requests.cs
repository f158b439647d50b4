using System.Collections.Concurrent;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>What a window asked the server for, from the moment it is watched.</summary>
internal sealed class Requests
{
    private readonly ConcurrentQueue<string> _asked = new();

    public Requests(IPage page) => page.Request += (_, request) => _asked.Enqueue($"{request.Method} {new Uri(request.Url).AbsolutePath}");

    public int Count(string what) => _asked.Count(asked => asked == what);
}
