using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Heliotrope.Mail.Imap;
using Heliotrope.Mail.Smtp;
using Heliotrope.Mail.Tests.Smtp;

namespace Heliotrope.Mail.Tests.Imap;

/// <summary>An IMAP server on loopback, inside TLS, that answers as told. It keeps no mail: what it says of some is in <see cref="Answers"/>.</summary>
internal sealed partial class FakeImapServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _heard = [];

    public FakeImapServer()
    {
        _listener.Start();
        _ = Serve();
    }

    public string Capabilities { get; set; } = "IMAP4rev1 AUTH=PLAIN SASL-IR NAMESPACE UIDPLUS MOVE";

    /// <summary>What all of the user's folders begin with.</summary>
    public string Prefix { get; set; } = "";

    public char Separator { get; set; } = '/';

    public List<string> Folders { get; } = ["INBOX"];

    /// <summary>By how a command begins, without its tag: lines before its OK. A last line that begins with NO or BAD takes the place of the OK; one that is "+" is a question.</summary>
    public Dictionary<string, string> Answers { get; } = new() { ["EXAMINE"] = Opened + "\r\n* OK [UIDNEXT 1003] ok", ["SELECT"] = Opened + "\r\n* OK [UIDNEXT 1003] ok" };

    /// <summary>The bytes of a mail from an offset, and as many as are asked for or fewer.</summary>
    public Func<int, int, string>? OnFetch { get; set; }

    /// <summary>What opening a folder says at least.</summary>
    public static string Opened => "* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] ok";

    /// <summary>Without tags.</summary>
    public List<string> Heard
    {
        get
        {
            lock (_heard) return [.. _heard];
        }
    }

    public Task<ImapReader> Open(bool changes = false, string password = "s3cret") => ImapReader.Open(
        new ImapAccount("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, MailTls.Implicit, "ada", password, null),
        new ImapReaderOptions { CertificateCheck = TestCertificate.IsTaken, Changes = changes, Patience = TimeSpan.FromSeconds(30) },
        default);

    public void Dispose() => _listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true) _ = Talk(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return; // The test is over.
        }
    }

    private async Task Talk(Socket socket)
    {
        try
        {
            await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificate.SelfMade });
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await Say("* OK fake\r\n");
            while (await reader.ReadLineAsync() is { } line && line.Split(' ', 2) is [var tag, var command])
            {
                lock (_heard) _heard.Add(command);
                var lines = Answer(command).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).ToList();
                while (lines is ["+", ..])
                {
                    await Say("+ \r\n");
                    await reader.ReadLineAsync();
                    lines.RemoveAt(0);
                }

                var last = lines.Count > 0 && lines[^1].Split(' ')[0] is "NO" or "BAD" ? lines[^1]
                    : command.Split(' ')[0] switch { "SELECT" => "OK [READ-WRITE] done", "EXAMINE" => "OK [READ-ONLY] done", _ => "OK done" };
                await Say(string.Concat(lines.Where(one => one != last).Select(one => one + "\r\n")) + $"{tag} {last}\r\n");
            }

            ValueTask Say(string words) => stream.WriteAsync(Encoding.Latin1.GetBytes(words));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return; // Whoever tested has gone.
        }
    }

    private string Answer(string command)
    {
        if (Answers.FirstOrDefault(one => command.StartsWith(one.Key, StringComparison.Ordinal)) is { Value: { } told }) return told;
        if (OnFetch is not null && Piece().Match(command) is { Success: true } piece)
        {
            var (offset, count) = (int.Parse(piece.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(piece.Groups[2].Value, CultureInfo.InvariantCulture));
            var bytes = OnFetch(offset, count);
            return $"* 1 FETCH (UID 1001 BODY[]<{offset}> {{{bytes.Length}}}\r\n{bytes})";
        }

        var words = command.Split(' ', 3);
        return words switch
        {
            ["CAPABILITY"] => $"* CAPABILITY {Capabilities}",
            ["NAMESPACE"] => $"* NAMESPACE ((\"{Prefix}\" \"{Separator}\")) NIL NIL",
            ["LIST", _, "\"\""] => $"* LIST (\\Noselect) \"{Separator}\" \"\"",
            ["LIST", _, var name] => Folders.Contains(name.Trim('"')) ? $"* LIST () \"{Separator}\" {name}" : "",
            ["CREATE", var name] => Create(name.Trim('"')),
            _ => "",
        };
    }

    private string Create(string name)
    {
        if (Folders.Contains(name) || !name.StartsWith(Prefix, StringComparison.Ordinal)) return "NO not here";
        Folders.Add(name);
        return "";
    }

    [GeneratedRegex(@"^UID FETCH 1001 .*BODY\.PEEK\[\]<(\d+)\.(\d+)>")]
    private static partial Regex Piece();
}
