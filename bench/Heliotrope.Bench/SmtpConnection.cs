using System.Net.Sockets;
using System.Text;

namespace Heliotrope.Bench;

/// <summary>One sending mail server: many mails over one connection, pipelined when the other side offers it (RFC 2920).</summary>
public sealed class SmtpConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private bool _pipelining;

    private SmtpConnection(TcpClient client)
    {
        _client = client;
        _reader = new StreamReader(client.GetStream(), Encoding.ASCII);
    }

    public static async Task<SmtpConnection> Open(int port, CancellationToken cancel)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, cancel);
        var connection = new SmtpConnection(client);
        await connection.Expect("220", cancel);
        await connection.Write("EHLO bench.example.org\r\n"u8.ToArray(), cancel);
        connection._pipelining = (await connection.Expect("250", cancel)).Contains("PIPELINING", StringComparison.OrdinalIgnoreCase);
        return connection;
    }

    /// <summary>Hands over one mail; returns when the server has said that it is stored.</summary>
    public async Task Send(byte[] mail, CancellationToken cancel)
    {
        string[] commands = ["MAIL FROM:<sender@example.org>\r\n", "RCPT TO:<help@example.com>\r\n", "DATA\r\n"];
        if (_pipelining)
        {
            await Write(Encoding.ASCII.GetBytes(string.Concat(commands)), cancel);
        }

        foreach (var command in commands)
        {
            if (!_pipelining)
            {
                await Write(Encoding.ASCII.GetBytes(command), cancel);
            }

            await Expect(command == "DATA\r\n" ? "354" : "250", cancel);
        }

        // No line of these mails begins with a dot, and each ends with a line break.
        await Write([.. mail, (byte)'.', (byte)'\r', (byte)'\n'], cancel);
        await Expect("250", cancel);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }

    private async Task Write(byte[] bytes, CancellationToken cancel) => await _client.GetStream().WriteAsync(bytes, cancel);

    private async Task<string> Expect(string code, CancellationToken cancel)
    {
        var answer = new StringBuilder();
        while (true)
        {
            var line = await _reader.ReadLineAsync(cancel) ?? throw new BenchException($"The server hung up after: {answer}");
            answer.Append(line).Append('\n');
            if (line.Length < 4 || line[3] == ' ')
            {
                break;
            }
        }

        var text = answer.ToString();
        return text.StartsWith(code, StringComparison.Ordinal) ? text : throw new BenchException($"Expected {code}, heard: {text}");
    }
}
