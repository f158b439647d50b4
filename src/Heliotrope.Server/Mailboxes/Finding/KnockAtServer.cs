using System.Net.Sockets;
using Heliotrope.Mail.Imap;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Finds out whether a mail server is at a place. It says hello, starts TLS and leaves; nothing secret is ever sent.</summary>
internal static class KnockAtServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<Knock> Try(MailServer server, bool imap, CancellationToken cancel)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(Patience);
        using MailService client = imap ? new ImapClient() : new SmtpClient();
        client.CheckCertificateRevocation = false;
        try
        {
            await client.ConnectAsync(server.Host, server.Port, ImapReader.Way(server.Tls), clock.Token);
            await client.DisconnectAsync(quit: true, clock.Token);
            return Knock.Fine;
        }
        catch (SslHandshakeException e)
        {
            // A server with TLS at such a port, whose certificate is not taken: whoever tries to sign in is told why.
            return e.ServerCertificate is null ? Knock.Nobody : Knock.Untrusted;
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or CommandException or NotSupportedException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return Knock.Nobody;
        }
    }
}
