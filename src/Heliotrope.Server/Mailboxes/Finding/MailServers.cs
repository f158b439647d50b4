using Heliotrope.Mail.Smtp;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Where one half of a mailbox is reached.</summary>
/// <param name="Host">A host name in ASCII.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Tls">How the connection is encrypted.</param>
/// <param name="UserName">Whom to sign in as: the whole address mostly, sometimes the part before the @ or a number.</param>
internal sealed record MailServer(string Host, int Port, MailTls Tls, string UserName);

/// <summary>How servers were found, from what is known best to what was only tried.</summary>
internal enum FoundBy
{
    /// <summary>The domain of the address is that of a provider we know.</summary>
    Domain,

    /// <summary>The mail of the domain goes to a provider we know (MX).</summary>
    Mx,

    /// <summary>The domain says so itself, in a file for mail programs.</summary>
    Autoconfig,

    /// <summary>Thunderbird's public database says so.</summary>
    PublicDatabase,

    /// <summary>The domain says so itself, in its DNS (RFC 6186, RFC 8314).</summary>
    Srv,

    /// <summary>Servers with usual names answer. The person had better look at them.</summary>
    Guess,
}

/// <summary>The servers of a mailbox.</summary>
/// <param name="Incoming">IMAP; null when the provider lets no other programs in (see <see cref="ProviderHelp"/>) or none was found.</param>
/// <param name="Outgoing">SMTP for sending mail in (RFC 6409); null when none was found.</param>
/// <param name="Provider">The code of a provider we know; null of others.</param>
/// <param name="By">How they were found.</param>
internal sealed record MailServers(MailServer? Incoming, MailServer? Outgoing, string? Provider, FoundBy By)
{
    /// <summary>How much may be sent a time; null where no limit is known.</summary>
    public SendingLimits? Limits { get; init; }
}
