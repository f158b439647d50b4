using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Heliotrope.Server.Live;

/// <summary>What an open page hears: {"conversations":[12,13]} or {"all":true}.</summary>
internal sealed record LiveEvent(bool? All, IReadOnlyCollection<long>? Conversations);

/// <summary>The stream that keeps open pages true. One serves all tabs of a browser: HTTP/1.1 allows six to a host.</summary>
internal static class LiveEndpoint
{
    /// <summary>A busy inbox must not make every desk ask again with every mail.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);

    /// <summary>Proxies close what stays silent for a minute.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/live", (LiveUpdates live, IHostApplicationLifetime lifetime, HttpContext http) =>
    {
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(ends);
        return TypedResults.ServerSentEvents(Events(live, ends.Token));
    });

    private static async IAsyncEnumerable<SseItem<LiveEvent>> Events(LiveUpdates live, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var listening = live.Listen();
        yield return new(new(null, []), "hello"); // so that the browser knows at once that it is connected
        while (!cancel.IsCancellationRequested)
        {
            var first = await Next(listening, cancel);
            if (cancel.IsCancellationRequested)
            {
                yield break;
            }

            if (!first)
            {
                yield return new(new(null, []), "heartbeat");
                continue;
            }

            yield return new(Drain(listening));
            await Wait(Together, cancel);
        }
    }

    private static async Task<bool> Next(LiveUpdates.Listener listening, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Heartbeat);
        try
        {
            return await listening.Changes.WaitToReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static LiveEvent Drain(LiveUpdates.Listener listening)
    {
        var numbers = new HashSet<long>();
        var all = false;
        while (listening.Changes.TryRead(out var change))
        {
            all |= change.All;
            numbers.UnionWith(change.Conversations);
        }

        return all ? new(true, null) : new(null, numbers);
    }

    private static async Task Wait(TimeSpan time, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(time, cancel);
        }
        catch (OperationCanceledException)
        {
            // The page is gone, or the server stops.
        }
    }
}
