using System.IO.Pipelines;

namespace Heliotrope.Mail.Smtp;

/// <summary>The receiving side of SMTP over one connection (RFC 5321, with SIZE, PIPELINING, 8BITMIME, SMTPUTF8, STARTTLS and enhanced codes).</summary>
public static class SmtpSession
{
    /// <summary>Speaks with one sender until it leaves, misbehaves or the server stops. Nothing the sender does makes this throw.</summary>
    /// <param name="transport">The connection's bytes; the caller closes it.</param>
    /// <param name="remoteAddress">Passed on in the envelope.</param>
    /// <param name="receiver">Takes the messages.</param>
    /// <param name="options">Limits and the certificate.</param>
    /// <param name="cancel">Ends the session with 421; a message that the receiver is storing is waited for.</param>
    public static Task Serve(IDuplexPipe transport, string remoteAddress, ISmtpReceiver receiver, SmtpListenerOptions options, CancellationToken cancel)
        => throw new NotImplementedException();
}
