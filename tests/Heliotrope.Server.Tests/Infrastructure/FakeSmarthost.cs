using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Heliotrope.Mail.Tests.Smtp;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>How the server ends a mail.</summary>
internal enum Ending
{
    Accept,
    RefuseForNow,
    RefuseForGood,

    /// <summary>Hangs up after the final dot, without a word.</summary>
    Drop,

    /// <summary>Says nothing until the other side hangs up.</summary>
    Silence,
}

internal sealed record SentMail(string From, string To, byte[] Content, bool Tls)
{
    public string Text => Encoding.Latin1.GetString(Content);

    public string MessageId => Text.Split("\r\n").First(line => line.StartsWith("Message-ID: <", StringComparison.Ordinal))["Message-ID: <".Length..^1];
}

/// <summary>The server through which mail leaves: takes, refuses and misbehaves as told, and keeps all it was given.</summary>
internal sealed class FakeSmarthost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly List<SentMail> _mails = [];
    private readonly List<string> _heard = [];
    private readonly Channel<SentMail> _arrivals = Channel.CreateUnbounded<SentMail>();
    private readonly Task _serving;

    public FakeSmarthost()
    {
        _listener.Start(512);
        _serving = Serve();
    }

    /// <summary>How each mail ends, by its number from 0; all are taken when not said.</summary>
    public Func<int, Ending> Ends { get; set; } = _ => Ending.Accept;

    public bool OffersTls { get; init; }

    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string UrlWithPassword => Url.Replace("//", "//desk:s3cret-word@", StringComparison.Ordinal);

    /// <summary>Every mail handed over up to the final dot, whatever it was answered.</summary>
    public IReadOnlyList<SentMail> Mails
    {
        get
        {
            lock (_mails)
            {
                return [.. _mails];
            }
        }
    }

    /// <summary>Every command, as heard outside and inside TLS.</summary>
    public string Heard
    {
        get
        {
            lock (_heard)
            {
                return string.Join('\n', _heard);
            }
        }
    }

    /// <summary>The next mail not yet given by this method.</summary>
    public async Task<SentMail> Next() => await _arrivals.Reader.ReadAsync(Patience.Token());

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
                talks.Add(Talk(await _listener.AcceptSocketAsync(_over.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(Socket socket)
    {
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            stream = await Dialogue(stream);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            Hear($"({e.GetType().Name})");
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task<Stream> Dialogue(Stream stream)
    {
        var (from, to, tls) = ("", "", false);
        var reader = new Lines(stream, _over.Token);
        await Say(stream, "220 fake ESMTP");
        while (await reader.Next() is { } line)
        {
            Hear(line);
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await Say(stream, OffersTls && !tls ? "250-fake\r\n250-STARTTLS\r\n250 8BITMIME" : tls ? "250-fake\r\n250-AUTH PLAIN\r\n250 8BITMIME" : "250-fake\r\n250 8BITMIME");
                    break;
                case "STARTTLS":
                    await Say(stream, "220 begin");
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificate.SelfMade }, _over.Token);
                    (stream, tls, reader) = (secure, true, new Lines(secure, _over.Token));
                    break;
                case "MAIL":
                    from = Address(line);
                    await Say(stream, "250 fine");
                    break;
                case "RCPT":
                    to = Address(line);
                    await Say(stream, "250 fine");
                    break;
                case "DATA":
                    await Say(stream, "354 go on");
                    var mail = new SentMail(from, to, await reader.Message(), tls);
                    if (!await End(stream, mail))
                    {
                        return stream;
                    }

                    break;
                case "QUIT":
                    await Say(stream, "221 bye");
                    return stream;
                default:
                    await Say(stream, "250 fine");
                    break;
            }
        }

        return stream;
    }

    private async Task<bool> End(Stream stream, SentMail mail)
    {
        Ending ending;
        lock (_mails)
        {
            ending = Ends(_mails.Count);
            _mails.Add(mail);
        }

        _arrivals.Writer.TryWrite(mail);
        if (ending is Ending.Silence)
        {
            await stream.CopyToAsync(Stream.Null, _over.Token);
        }

        if (ending is Ending.Drop or Ending.Silence)
        {
            return false;
        }

        await Say(stream, ending switch
        {
            Ending.RefuseForNow => "451 4.3.0 Not now",
            Ending.RefuseForGood => "550 5.1.1 Nobody by that name",
            _ => "250 2.0.0 Taken",
        });
        return true;
    }

    private async Task Say(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _over.Token);

    private void Hear(string line)
    {
        lock (_heard)
        {
            _heard.Add(line);
        }
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private sealed class Lines(Stream stream, CancellationToken cancel)
    {
        private readonly byte[] _buffer = new byte[16 * 1024];
        private int _at;
        private int _filled;

        public async Task<string?> Next() => await Line() is { } line ? Encoding.Latin1.GetString(line.ToArray()) : null;

        public async Task<byte[]> Message()
        {
            var message = new List<byte>();
            while (await Line() is { } line)
            {
                if (line is [(byte)'.'])
                {
                    return [.. message];
                }

                message.AddRange(line is [(byte)'.', ..] ? line[1..] : line);
                message.AddRange("\r\n"u8);
            }

            throw new IOException("The sender hung up within a mail.");
        }

        private async Task<List<byte>?> Line()
        {
            var line = new List<byte>();
            while (true)
            {
                if (_at == _filled)
                {
                    (_at, _filled) = (0, await stream.ReadAsync(_buffer, cancel));
                    if (_filled == 0)
                    {
                        return null;
                    }
                }

                line.Add(_buffer[_at++]);
                if (line is [.., (byte)'\r', (byte)'\n'])
                {
                    return line[..^2];
                }
            }
        }
    }
}
