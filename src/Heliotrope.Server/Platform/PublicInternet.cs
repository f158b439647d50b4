using System.Net;
using System.Net.Sockets;

namespace Heliotrope.Server.Platform;

/// <summary>Which addresses are those of the public internet: whatever a stranger makes us fetch, nothing of our own network is among it.</summary>
internal static class PublicInternet
{
    /// <summary>The special purposes of the registries (RFC 6890), beside what begins with another prefix than 2000::/3 in version 6.</summary>
    private static readonly IPNetwork[] Special = [.. ((string[])[
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(network => IPNetwork.Parse(network))];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Includes(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily is AddressFamily.InterNetwork || GlobalUnicast.Contains(plain)) && !Array.Exists(Special, network => network.Contains(plain));
    }

    /// <summary>
    /// Connects to what a stranger named, if it is where it may be. Names are looked up here and connected to as they were looked at, so that a
    /// name cannot change in between.
    /// </summary>
    /// <exception cref="HttpRequestException">It is at no address that may be connected to.</exception>
    public static async ValueTask<Stream> Connect(Func<IPEndPoint, bool> may, DnsEndPoint to, CancellationToken cancel)
    {
        var allowed = (await Dns.GetHostAddressesAsync(to.Host, cancel)).Where(address => may(new IPEndPoint(address, to.Port))).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"{to.Host} is at no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
