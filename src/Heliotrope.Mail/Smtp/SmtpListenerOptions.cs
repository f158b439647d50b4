using System.Security.Cryptography.X509Certificates;

namespace Heliotrope.Mail.Smtp;

/// <summary>How sessions behave and what they put up with.</summary>
public sealed record SmtpListenerOptions
{
    /// <summary>How the server names itself in its greeting.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>A larger message is refused with 552 while it streams in; stops a sender from filling the memory.</summary>
    public int MaxMessageBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Accepted recipients a message; RFC 5321 section 4.5.3.1.8 asks for at least 100.</summary>
    public int MaxRecipients { get; init; } = 100;

    /// <summary>How long a session may be silent; RFC 5321 section 4.5.3.2.7 asks for five minutes. Stops forgotten connections from piling up.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one message may take to arrive. Stops a sender that drips a byte at a time to hold a connection.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Refused commands a session before it is closed with 421. Stops the guessing of addresses.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>Speaks LMTP (RFC 2033) in place of SMTP: a mail server of ours hands mail over, and hears of each recipient by itself what became of it.</summary>
    public bool Lmtp { get; init; }

    /// <summary>With its private key; STARTTLS is offered exactly when this is set.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Sent along with the certificate, so that a sender can follow it to an authority it knows.</summary>
    public X509Certificate2Collection? CertificateChain { get; init; }

    /// <summary>Told of what the receiver threw, to be logged; the sender is asked to try again (451).</summary>
    public Action<Exception>? ReceiverFailed { get; init; }
}
