using System.Net;
using System.Net.Sockets;

namespace Heliotrope.Bench;

/// <summary>The least that news on a screen can cost: a bare event stream that repeats what is posted to it.</summary>
public sealed class Echo : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private HttpListenerResponse? _stream;

    public Echo()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = Serve();
    }

    public Uri Url { get; }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                if (context.Request.HttpMethod == "GET")
                {
                    _stream = context.Response;
                    _stream.SendChunked = true;
                    _stream.ContentType = "text/event-stream";
                    await Say();
                    continue;
                }

                await Say();
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed: it is over.
        }
    }

    private async Task Say()
    {
        if (_stream is { } stream)
        {
            await stream.OutputStream.WriteAsync("data: {}\n\n"u8.ToArray());
            await stream.OutputStream.FlushAsync();
        }
    }
}
