using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>What Postfix asks before it takes a recipient: greylisting, and recipients that a test has refused.</summary>
internal sealed class MailPolicy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly Task _serving;

    public MailPolicy()
    {
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether the first try of each sender, recipient and client is put off.</summary>
    public bool Greylisting { get; set; }

    /// <summary>From now on a recipient is answered this, such as "550 5.1.1 Nobody by that name".</summary>
    public void Refuse(string recipient, string answer) => _refused[recipient] = answer;

    /// <summary>From now on the recipient is fine again.</summary>
    public void Accept(string recipient) => _refused.TryRemove(recipient, out _);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _over.Dispose();
    }

    private async Task Serve()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(Talk(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var owned = client;
        var asked = new Dictionary<string, string>();
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await reader.ReadLineAsync(_over.Token) is { } line)
            {
                if (line.Length > 0)
                {
                    var parts = line.Split('=', 2);
                    asked[parts[0]] = parts[^1];
                    continue;
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes($"action={Decide(asked)}\n\n"), _over.Token);
                asked.Clear();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // Postfix is gone, or we are.
        }
    }

    private string Decide(Dictionary<string, string> asked) =>
        _refused.TryGetValue(asked["recipient"], out var answer) ? answer
        : Greylisting && _seen.TryAdd($"{asked["client_address"]} {asked["sender"]} {asked["recipient"]}", true) ? "451 4.7.1 Greylisted, try again later"
        : "DUNNO";
}
