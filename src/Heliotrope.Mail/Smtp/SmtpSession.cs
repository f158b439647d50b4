using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Heliotrope.Mail.Smtp;

/// <summary>The receiving side of SMTP over one connection (RFC 5321, with SIZE, PIPELINING, 8BITMIME, SMTPUTF8, STARTTLS and enhanced codes), or of LMTP (RFC 2033).</summary>
public static class SmtpSession
{
    /// <summary>Speaks with one sender until it leaves, misbehaves or the server stops. Nothing the sender does makes this throw.</summary>
    /// <param name="transport">The connection's bytes; the caller closes it.</param>
    /// <param name="remoteAddress">Passed on in the envelope.</param>
    /// <param name="receiver">Takes the messages.</param>
    /// <param name="options">Limits and the certificate.</param>
    /// <param name="cancel">Ends the session with 421; a message that the receiver is storing is waited for.</param>
    public static async Task Serve(IDuplexPipe transport, string remoteAddress, ISmtpReceiver receiver, SmtpListenerOptions options, CancellationToken cancel)
    {
        await using var channel = new SmtpChannel(transport, options, cancel);
        await Quietly(async () =>
        {
            try
            {
                await new SmtpDialogue(channel, remoteAddress, receiver, options, cancel).Run();
            }
            catch (OperationCanceledException)
            {
                channel.Reply(421, cancel.IsCancellationRequested
                    ? $"4.3.2 {options.HostName} Shutting down"
                    : $"4.4.2 {options.HostName} Waited too long");
            }
            await channel.Close();
        });
    }

    /// <summary>A connection that breaks, at any point, is an end of the session like any other.</summary>
    private static async Task Quietly(Func<Task> session)
    {
        try
        {
            await session();
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            return;
        }
    }
}
