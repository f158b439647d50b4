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
    /// <exception cref="SmtpTroubleException">The name has no address, or none of its addresses answered.</exception>
    public static async Task<NetworkStream> Connect(string host, int port, TimeSpan each, CancellationToken cancel)
    {
        var (trouble, why) = (SendTrouble.NameNotFound, "the name has no address");
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
                (trouble, why) = e is SocketException { SocketErrorCode: not SocketError.TimedOut }
                    ? (SendTrouble.Unreachable, e.Message)
                    : (SendTrouble.TimedOut, "no answer");
            }
        }
        throw new SmtpTroubleException(trouble, $"{host}, port {port}: {why}");
    }

    private static async Task<IPAddress[]> Resolve(string host, TimeSpan limit, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var address)) return [address];
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(limit);
        try
        {
            return await Dns.GetHostAddressesAsync(host, clock.Token);
        }
        catch (SocketException e)
        {
            throw new SmtpTroubleException(SendTrouble.NameNotFound, $"{host}: {e.Message}");
        }
    }
}

/// <summary>A connection came to nothing for a reason that has a name.</summary>
internal sealed class SmtpTroubleException(SendTrouble trouble, string message) : IOException(message)
{
    public SendTrouble Trouble => trouble;
}
