using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>Hands a mail to the server where its mailbox is (RFC 2033).</summary>
internal static class Lmtp
{
    /// <summary>The last answer: of the recipient when he is refused, of the mail otherwise.</summary>
    public static async Task<string> Send(int port, string from, string to, byte[] content)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await Answer(reader);
        foreach (var command in (string[])["LHLO tests.example", $"MAIL FROM:<{from}>", $"RCPT TO:<{to}>", "DATA"])
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
            var answer = await Answer(reader);
            if (answer[0] is '4' or '5')
            {
                return answer;
            }
        }

        // Each line that begins with a dot gets one more.
        var lines = ("\r\n" + Encoding.Latin1.GetString(content)).Replace("\n.", "\n..", StringComparison.Ordinal)[2..];
        var end = lines.EndsWith('\n') ? ".\r\n" : "\r\n.\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(lines + end));
        return await Answer(reader);
    }

    private static async Task<string> Answer(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Patience.Token()) is { } line)
        {
            if (line.Length > 3 && line[3] == ' ')
            {
                return line;
            }
        }

        throw new IOException("The server hung up.");
    }
}
