using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>A server on loopback that answers as told, and misbehaves as told.</summary>
internal sealed class FakeSmtpServer : IDisposable
{
    public const string Close = "\0close";
    public const string Silence = "\0silence";
    public const string StopReading = "\0stop";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _heard = [];
    private readonly TaskCompletionSource _messageCame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;
    private Stream _stream = Stream.Null;

    public FakeSmtpServer()
    {
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>By verb; "greeting" and "message" (the answer after the final dot) too.</summary>
    public Dictionary<string, string> Answers { get; } = new()
    {
        ["greeting"] = "220 fake ESMTP",
        ["EHLO"] = "250-fake\r\n250-8BITMIME\r\n250 SIZE 0",
        ["HELO"] = "250 fake",
        ["STARTTLS"] = "220 begin",
        ["DATA"] = "354 go on",
        ["message"] = "250 2.0.0 queued as 42",
        ["QUIT"] = "221 bye",
    };

    /// <summary>What EHLO answers once TLS runs.</summary>
    public string SecureEhlo { get; set; } = "250-fake\r\n250 AUTH PLAIN LOGIN";

    /// <summary>As smtps:// expects it. Set before anyone connects.</summary>
    public bool TlsFirst { get; init; }

    /// <summary>Answers the handshake with these bytes instead of a handshake.</summary>
    public byte[]? BadHandshake { get; set; }

    public Func<string, string>? OnRecipient { get; set; }

    public List<string> Heard
    {
        get
        {
            lock (_heard) return [.. _heard];
        }
    }

    public string Message { get; private set; } = "";

    /// <summary>Done when the final dot has come.</summary>
    public Task MessageCame => _messageCame.Task;

    public Smarthost Address(bool tls = false, string? user = null)
        => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, tls, user, user is null ? null : "s3cret");

    /// <summary>Lets a silent server go and waits until it has heard everything.</summary>
    public async Task Finish()
    {
        Dispose();
        await _serving;
    }

    public void Dispose()
    {
        _over.TrySetResult();
        _listener.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            using var socket = await _listener.AcceptSocketAsync();
            await using var network = new NetworkStream(socket);
            _stream = network;
            if (TlsFirst) await Secure();
            await Talk();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            Hear($"({e.GetType().Name})");
        }
    }

    private void Hear(string line)
    {
        lock (_heard) _heard.Add(line);
    }

    private async Task Talk()
    {
        if (!await Answer("greeting")) return;
        while (await ReadLine() is { } line)
        {
            Hear(line);
            var verb = line.Split(' ')[0];
            if (verb == "RCPT" && OnRecipient is not null) Answers[verb] = OnRecipient(line);
            if (!await Answer(verb)) return;
            if (verb == "QUIT") return;
            if (verb == "STARTTLS" && Answers[verb].StartsWith("220", StringComparison.Ordinal)) await Secure();
            if (verb != "DATA" || !Answers[verb].StartsWith("354", StringComparison.Ordinal)) continue;
            var body = new StringBuilder();
            string? text;
            while ((text = await ReadLine()) is not (null or ".")) body.Append(text).Append("\r\n");
            if (text is null) return;
            Message = body.ToString();
            _messageCame.SetResult();
            if (!await Answer("message")) return;
        }
    }

    private async Task Secure()
    {
        if (BadHandshake is not null)
        {
            await _stream.WriteAsync(BadHandshake);
            return;
        }
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificate.SelfMade });
        _stream = tls;
        Answers["EHLO"] = SecureEhlo;
    }

    private async Task<bool> Answer(string verb)
    {
        var answer = Answers.GetValueOrDefault(verb, "250 ok");
        if (answer == Close) return false;
        var words = answer.Replace(StopReading, "", StringComparison.Ordinal);
        if (words != Silence) await _stream.WriteAsync(Encoding.UTF8.GetBytes(words + "\r\n"));
        if (words == answer && words != Silence) return true;
        await _over.Task;
        return false;
    }

    private async Task<string?> ReadLine()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await _stream.ReadAsync(one) == 1)
        {
            line.Add(one[0]);
            if (line is [.., (byte)'\r', (byte)'\n']) return Encoding.UTF8.GetString(line.ToArray(), 0, line.Count - 2);
        }
        return null;
    }
}
