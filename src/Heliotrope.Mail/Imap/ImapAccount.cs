using System.Net.Security;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Imap;

/// <summary>A folder on an IMAP server and how to sign in there.</summary>
/// <param name="Host">A host name or an address.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Tls">Credentials never go in clear, whatever is said here.</param>
/// <param name="User">Whom to sign in as.</param>
/// <param name="Password">For PLAIN and LOGIN; null when there is a token.</param>
/// <param name="Token">An access token for XOAUTH2 or OAUTHBEARER (RFC 7628); null when there is a password.</param>
/// <param name="Folder">Which folder; INBOX whatever the capitals is the one that mail comes to.</param>
public sealed record ImapAccount(string Host, int Port, MailTls Tls, string User, string? Password, string? Token, string Folder = "INBOX")
{
    /// <summary>For logs: without secrets.</summary>
    public override string ToString() => $"{User} at {Host}:{Port}/{Folder}";
}

/// <summary>How a reader waits and whom it trusts.</summary>
public sealed record ImapReaderOptions
{
    /// <summary>For connecting, and for the server's next bytes while something is under way. A server that says nothing for so long is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Replaces the machine's judgement of certificates, for a private authority; null for the machine's own.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }

    /// <summary>Whether the folder may be changed: marks set, mail moved.</summary>
    public bool Changes { get; init; }
}

/// <summary>A mail on the server, before it is fetched.</summary>
/// <param name="Uid">Its number in the folder (RFC 9051 section 2.3.1.1).</param>
/// <param name="Size">Bytes, as the server says; it may be wrong.</param>
/// <param name="ArrivedAt">When the server got it (INTERNALDATE); null when it does not say.</param>
/// <param name="Answered">Somebody answered it with another program, which has marked it so (RFC 9051 section 2.3.2).</param>
public sealed record FoundMail(uint Uid, long Size, DateTimeOffset? ArrivedAt, bool Answered = false);

/// <summary>How full the mailbox is (RFC 9208).</summary>
/// <param name="Used">Bytes.</param>
/// <param name="Limit">Bytes.</param>
public sealed record MailboxQuota(long Used, long Limit);
