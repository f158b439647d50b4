using System.Net;
using System.Net.Sockets;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>Ports for programs that cannot take one from the system and tell which.</summary>
internal static class Ports
{
    // Below those that the system hands out to clients, and below those of the tests' PostgreSQL.
    private const int First = 10_000;
    private const int Last = 19_999;

    /// <summary>Ports that nobody listens on now. Another program may take one before it is used: whoever asks tries again then.</summary>
    public static int[] Free(int count)
    {
        var found = new HashSet<int>();
        while (found.Count < count)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (IsFree(port))
            {
                found.Add(port);
            }
        }

        return [.. found];
    }

    /// <summary>Returns when somebody takes connections there, or when the other task ends first.</summary>
    public static async Task Opened(int port, Task over)
    {
        while (!over.IsCompleted)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.WhenAny(over, Task.Delay(20));
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
