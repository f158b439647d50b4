using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>A server on loopback that answers as told, and misbehaves as told.</summary>
internal sealed class FakeSmtpServer : IDisposable
{
    public const string Close = "\0close";
    public const string Silence = "\0silence";
    public const string StopReading = "\0stop";
    public const string ThenClose = "\0then";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _heard = [];
    private readonly List<string> _messages = [];
    private readonly Dictionary<string, Queue<string>> _first = [];
    private readonly TaskCompletionSource _messageCame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;
    private int _connections;

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

    public X509Certificate2 Certificate { get; init; } = TestCertificate.SelfMade;

    /// <summary>Answers the handshake with these bytes instead of a handshake; none at all: says nothing.</summary>
    public byte[]? BadHandshake { get; set; }

    public Func<string, string>? OnRecipient { get; set; }

    public List<string> Heard
    {
        get
        {
            lock (_heard) return [.. _heard];
        }
    }

    /// <summary>Everything that came before a final dot, in order.</summary>
    public List<string> Messages
    {
        get
        {
            lock (_heard) return [.. _messages];
        }
    }

    public string Message => Messages.LastOrDefault() ?? "";

    /// <summary>How many came so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Done when the final dot has come for the first time.</summary>
    public Task MessageCame => _messageCame.Task;

    /// <summary>Done when a connection has ended for the first time.</summary>
    public Task Left => _left.Task;

    public Smarthost Address(MailTls tls = MailTls.WhenOffered, string? user = null, string? token = null)
        => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, tls, user, user is null || token is not null ? null : "s3cret") { Token = token };

    /// <summary>What a verb is answered at first, one time each, before its usual answer.</summary>
    public void First(string verb, params string[] answers) => _first[verb] = new(answers);

    /// <summary>Lets a silent server go and waits until it has heard everything. Whoever sends must have taken leave.</summary>
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
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(Welcome(await _listener.AcceptSocketAsync()));
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException) // it may be stopped between two accepts
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Welcome(Socket socket)
    {
        Interlocked.Increment(ref _connections);
        await using var network = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var line = new Line(network);
            if (!TlsFirst || await Secure(line)) await Talk(line);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            Hear($"({e.GetType().Name})");
        }
        _left.TrySetResult();
    }

    private void Hear(string line)
    {
        lock (_heard) _heard.Add(line);
    }

    private async Task Talk(Line client)
    {
        if (await Answer(client, "greeting") is null) return;
        while (await client.Read() is { } line)
        {
            Hear(line);
            var verb = line.Split(' ')[0];
            if (await Answer(client, verb, line) is not { } answer) return;
            if (verb == "QUIT") return;
            if (verb == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal) && !await Secure(client)) return;
            if (verb != "DATA" || !answer.StartsWith("354", StringComparison.Ordinal)) continue;
            var body = new StringBuilder();
            string? text;
            while ((text = await client.Read()) is not (null or ".")) body.Append(text).Append("\r\n");
            if (text is null) return;
            lock (_heard) _messages.Add(body.ToString());
            _messageCame.TrySetResult();
            if (await Answer(client, "message") is null) return;
        }
    }

    private async Task<bool> Secure(Line client)
    {
        if (BadHandshake is { Length: 0 }) await _over.Task;
        if (BadHandshake is not null)
        {
            await client.Stream.WriteAsync(BadHandshake);
            return false;
        }
        var tls = new SslStream(client.Stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate });
        (client.Stream, client.Secured) = (tls, true);
        return true;
    }

    /// <summary>What was answered; null when the connection is to end.</summary>
    private async Task<string?> Answer(Line client, string verb, string line = "")
    {
        var answer = _first.TryGetValue(verb, out var first) && first.TryDequeue(out var once) ? once
            : verb == "RCPT" && OnRecipient is not null ? OnRecipient(line)
            : verb == "EHLO" && client.Secured ? SecureEhlo
            : Answers.GetValueOrDefault(verb, "250 ok");
        if (answer == Close) return null;
        var words = answer.Replace(StopReading, "", StringComparison.Ordinal).Replace(ThenClose, "", StringComparison.Ordinal);
        if (words != Silence) await client.Stream.WriteAsync(Encoding.UTF8.GetBytes(words + "\r\n"));
        if (answer.EndsWith(ThenClose, StringComparison.Ordinal)) return null;
        if (words == answer && words != Silence) return answer;
        await _over.Task;
        return null;
    }

    private sealed class Line(Stream stream)
    {
        public Stream Stream { get; set; } = stream;

        public bool Secured { get; set; }

        public async Task<string?> Read()
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await Stream.ReadAsync(one) == 1)
            {
                line.Add(one[0]);
                if (line is [.., (byte)'\r', (byte)'\n']) return Encoding.UTF8.GetString(line.ToArray(), 0, line.Count - 2);
            }
            return null;
        }
    }
}
