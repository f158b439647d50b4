using System.Net.Security;

namespace Heliotrope.Mail.Smtp;

/// <summary>How long a sender waits. A server that is slow at every step is still bounded by <see cref="Total"/>.</summary>
public sealed record SmtpSenderOptions
{
    /// <summary>For resolving the name and connecting.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the answer to each command and for the handshake of TLS.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For handing over the message's bytes.</summary>
    public TimeSpan Transfer { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For the answer after the final dot. Long, as giving up early leaves the message in doubt (RFC 1047).</summary>
    public TimeSpan Final { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>For the whole attempt.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Replaces the machine's judgement of certificates, for a private authority; null for the machine's own.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }
}
