using System.Collections.Concurrent;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>What the server answered a window, from the moment it is watched.</summary>
internal sealed class Requests
{
    private readonly ConcurrentQueue<string> _answered = new();

    public Requests(IPage page) => page.Response += (_, response) => _answered.Enqueue($"{response.Request.Method} {new Uri(response.Url).AbsolutePath}");

    public int Count(string what) => _answered.Count(answered => answered == what);
}
