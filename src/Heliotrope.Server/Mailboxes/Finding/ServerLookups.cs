namespace Heliotrope.Server.Mailboxes;

/// <summary>A line of DNS that says where a service is (RFC 2782).</summary>
/// <param name="Target">A host name; "." when the service is not offered.</param>
/// <param name="Port">0 to 65535.</param>
/// <param name="Priority">The lowest first.</param>
/// <param name="Weight">Among the same priority, the heaviest is preferred.</param>
internal sealed record ServiceRecord(string Target, int Port, int Priority, int Weight);

/// <summary>What a server said when it was knocked at.</summary>
internal enum Knock
{
    /// <summary>Nobody answers there, or it is no such server, or it does not encrypt.</summary>
    Nobody,

    /// <summary>It is one, but this machine does not trust its certificate for that name.</summary>
    Untrusted,

    /// <summary>It is one.</summary>
    Fine,
}

/// <summary>Whom <see cref="FindServers"/> asks. Each returns nothing, rather than failing, when there is no answer.</summary>
/// <param name="Mx">The hosts that take mail for a domain, the preferred one first.</param>
/// <param name="Srv">The records under a name such as _imaps._tcp.example.org.</param>
/// <param name="Fetch">What is at an address on the web; null when nothing is.</param>
/// <param name="Knock">Whether an IMAP server (true) or an SMTP server (false) is at a place.</param>
internal sealed record ServerLookups(
    Func<string, CancellationToken, Task<IReadOnlyList<string>>> Mx,
    Func<string, CancellationToken, Task<IReadOnlyList<ServiceRecord>>> Srv,
    Func<Uri, CancellationToken, Task<byte[]?>> Fetch,
    Func<MailServer, bool, CancellationToken, Task<Knock>> Knock);
