using System.Net.Security;

namespace Heliotrope.Mail.Smtp;

/// <summary>How long a sender waits. A server that is slow at every step is still bounded by <see cref="Total"/>.</summary>
public sealed record SmtpSenderOptions
{
    /// <summary>For resolving the name and connecting.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the answer to each command and for the handshake of TLS.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For handing over the message's bytes, on top of what they take at <see cref="SlowestBytes"/>.</summary>
    public TimeSpan Transfer { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes a second: a line that is slower is given up. A large message takes long over an honest one.</summary>
    public int SlowestBytes { get; init; } = 100_000;

    /// <summary>For the answer after the final dot. Long, as giving up early leaves the message in doubt (RFC 1047).</summary>
    public TimeSpan Final { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>For the whole attempt, on top of what the message's bytes take at <see cref="SlowestBytes"/>.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Connections kept for the next message, beside those in use. 0: each message has its own.</summary>
    public int MostIdle { get; init; } = 4;

    /// <summary>How long a connection is kept without a message. Short: it takes up a place that others may want.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Messages over one connection. Servers allow a bounded number, and a new connection finds a server whose address has changed.</summary>
    public int MessagesEach { get; init; } = 100;

    /// <summary>Replaces the machine's judgement of certificates, for a private authority; null for the machine's own.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }

    /// <summary>For handing over so many bytes.</summary>
    internal TimeSpan TransferOf(long bytes) => Transfer + TimeSpan.FromSeconds((double)bytes / SlowestBytes);

    /// <summary>For the whole attempt with a message of so many bytes.</summary>
    internal TimeSpan TotalOf(long bytes) => Total + TimeSpan.FromSeconds((double)bytes / SlowestBytes);
}
