using System.Net;
using System.Net.Sockets;

namespace Heliotrope.Mail.Smtp;

/// <summary>Finds a server's addresses and connects to the first that answers.</summary>
internal static class SmtpDialler
{
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="each">How long to wait for the resolver, and for each address.</param>
    /// <param name="cancel">Ends the whole.</param>
    /// <exception cref="IOException">No address answered.</exception>
    public static async Task<Stream> Connect(string host, int port, TimeSpan each, CancellationToken cancel)
    {
        var trouble = "the name has no address";
        foreach (var address in await Resolve(host, each, cancel))
        {
            using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            clock.CancelAfter(each);
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), clock.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                cancel.ThrowIfCancellationRequested();
                trouble = e is SocketException ? e.Message : "no answer";
            }
        }
        throw new IOException($"{host}, port {port}: {trouble}");
    }

    private static async Task<IPAddress[]> Resolve(string host, TimeSpan limit, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var address)) return [address];
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(limit);
        return await Dns.GetHostAddressesAsync(host, clock.Token);
    }
}
