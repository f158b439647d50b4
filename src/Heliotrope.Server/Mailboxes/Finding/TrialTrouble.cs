using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Heliotrope.Mail.Imap;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Shell;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Why a trial to reach a mailbox went wrong, as people can act on it.</summary>
/// <param name="Code">Stable, one of <see cref="Codes"/>; the words are under <c>mailbox.trouble.CODE</c>.</param>
/// <param name="Host">The server that was tried.</param>
/// <param name="Port">Its port.</param>
/// <param name="Said">The server's own words: short, one line, without anything secret; null when it had none or they would tell a secret.</param>
internal sealed record TrialTrouble(string Code, string Host, int Port, string? Said)
{
    /// <summary>All that can be.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        "name-unknown", "refused", "no-answer", "unreachable", "certificate-name", "certificate-expired", "certificate-unknown", "tls-failed", "tls-not-here",
        "no-encryption", "encryption-first", "not-accepted", "app-password", "password-off", "no-sign-in", "smtp-off", "imap-off", "too-many", "too-often", "away",
        "not-imap", "hung-up", "folder-unknown", "other",
        "signed-out", // as "not-accepted", where one signs in at a provider
        "other-account", // as "not-accepted", where somebody has just signed in at a provider
        "provider-away", // it gives no token; the host is what it is called
    ];

    /// <summary>In the language of the current request; what the server said comes after it, as <see cref="Said"/>.</summary>
    public string Sentence => Words.T("mailbox.trouble." + Code, Host, Port);

    /// <summary>From what was thrown while an IMAP server was connected to, signed in to or read.</summary>
    /// <param name="thrown">Anything; what is not known becomes "other".</param>
    /// <param name="server">The server that was tried.</param>
    /// <param name="now">To see whether a certificate is over.</param>
    /// <param name="secrets">Passwords and tokens that were used: what a server says is not shown when it tells one of them.</param>
    public static TrialTrouble Of(Exception thrown, MailServer server, DateTimeOffset now, params string[] secrets)
    {
        var said = ImapReader.RefusalOf(thrown) ?? SaidBy(thrown);
        return new(CodeOf(thrown, said, server, now), server.Host, server.Port, ServersWords.Shown(said, server.UserName, secrets));
    }

    private static string CodeOf(Exception thrown, string? said, MailServer server, DateTimeOffset now) => thrown switch
    {
        SslHandshakeException { ServerCertificate: { } shown } => Certificate(shown, server.Host, now),
        SslHandshakeException when Whole(thrown).Any(e => e is OperationCanceledException or TimeoutException) => "no-answer",
        SslHandshakeException when IsFrame(thrown) => "tls-not-here",
        SslHandshakeException => "tls-failed",
        AuthenticationException when IsLoginDisabled(thrown) => server.Tls is MailTls.WhenOffered ? "encryption-first" : "password-off",
        AuthenticationException => ServersWords.Refusal(said) ?? "not-accepted",
        // MailKit says so when STARTTLS was asked for and is not offered.
        NotSupportedException => "no-encryption",
        FolderNotFoundException => "folder-unknown",
        ImapCommandException => ServersWords.Refusal(said) ?? "other",
        ProtocolException when thrown.Message.Contains("unexpectedly disconnected", StringComparison.OrdinalIgnoreCase) => ServersWords.Refusal(said) ?? "hung-up",
        ProtocolException => ServersWords.Refusal(said ?? thrown.Message) ?? "not-imap",
        ServiceNotConnectedException => "hung-up",
        OperationCanceledException or TimeoutException => "no-answer",
        _ => Socket(thrown) is { } code ? OfSocket(code) : thrown is IOException ? "hung-up" : "other",
    };

    private static string OfSocket(SocketError code) => code switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "name-unknown",
        SocketError.ConnectionRefused => "refused",
        SocketError.TimedOut => "no-answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown or SocketError.AccessDenied or SocketError.AddressNotAvailable => "unreachable",
        _ => "hung-up",
    };

    /// <summary>The certificate was not taken: the first of what can be wrong with it that its owner would have to put right.</summary>
    private static string Certificate(X509Certificate shown, string host, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return certificate.NotAfter.ToUniversalTime() < now.UtcDateTime || certificate.NotBefore.ToUniversalTime() > now.UtcDateTime ? "certificate-expired"
            : certificate.MatchesHostname(host) ? "certificate-unknown"
            : "certificate-name";
    }

    // MailKit's own words: there is no way left of signing in with a password.
    private static bool IsLoginDisabled(Exception thrown) => thrown.Message.Contains("LOGIN command is disabled", StringComparison.OrdinalIgnoreCase);

    // What answers speaks no TLS: its greeting is read as the beginning of a frame.
    private static bool IsFrame(Exception thrown) => Whole(thrown).Any(e => e.Message.Contains("frame", StringComparison.OrdinalIgnoreCase));

    private static SocketError? Socket(Exception thrown) => Whole(thrown).OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;

    private static IEnumerable<Exception> Whole(Exception thrown)
    {
        for (var e = thrown; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }

    private static string? SaidBy(Exception thrown) => thrown switch
    {
        ImapCommandException command => command.ResponseText,
        AuthenticationException { InnerException: ImapCommandException inner } => inner.ResponseText,
        AuthenticationException when IsLoginDisabled(thrown) => null,
        AuthenticationException => thrown.Message,
        _ => null,
    };
}
