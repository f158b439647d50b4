using Heliotrope.Mail.Smtp;

namespace Heliotrope.Server.Mailboxes;

/// <summary>How many messages a provider takes from one mailbox; null where it says nothing. Providers count each recipient.</summary>
internal sealed record SendingLimits(int? PerMinute = null, int? PerHour = null, int? PerDay = null);

/// <summary>Whom a provider lets sign in.</summary>
internal enum SignIn
{
    /// <summary>The password of the mailbox.</summary>
    Password,

    /// <summary>A password made for this program alone; that of the account only where the provider still allows it.</summary>
    AppPassword,

    /// <summary>An app password, or signing in at the provider (OAuth 2.0).</summary>
    AppPasswordOrProvider,

    /// <summary>Only signing in at the provider (OAuth 2.0): passwords are refused.</summary>
    Provider,

    /// <summary>Nobody: it has no IMAP for programs elsewhere.</summary>
    Nobody,
}

/// <summary>One set of servers of a provider, and which domains use it.</summary>
/// <param name="Imap">Null when there is none for programs elsewhere.</param>
/// <param name="Smtp">Null likewise.</param>
internal sealed record Place(string? Imap, string? Smtp)
{
    /// <summary>Domains of addresses.</summary>
    public string[] Domains { get; init; } = [];

    /// <summary>Where mail to domains of its customers goes: the ends of the names of its MX hosts.</summary>
    public string[] Mx { get; init; } = [];

    public (int Port, MailTls Tls) SmtpAt { get; init; } = (465, MailTls.Implicit);

    /// <summary>Whether only the part before the @ signs in to IMAP.</summary>
    public bool ShortImapName { get; init; }

    /// <summary>Whether only the part before the @ signs in to SMTP.</summary>
    public bool ShortSmtpName { get; init; }

    public SendingLimits? Limits { get; init; }
}

/// <summary>A provider of mailboxes that we know.</summary>
/// <param name="Code">Stable; its help is found by it.</param>
/// <param name="Name">As it writes itself.</param>
/// <param name="SignIn">What it lets other programs sign in with.</param>
/// <param name="Places">Its servers.</param>
internal sealed record Provider(string Code, string Name, SignIn SignIn, params Place[] Places)
{
    /// <summary>Its page about this; null where none is known to stay.</summary>
    public Uri? Page { get; init; }

    /// <summary>The servers for an address at one of its places.</summary>
    public MailServers At(Place place, AddressParts address, FoundBy by) => new(
        place.Imap is null ? null : new(place.Imap, 993, MailTls.Implicit, place.ShortImapName ? address.Local : address.Whole),
        place.Smtp is null ? null : new(place.Smtp, place.SmtpAt.Port, place.SmtpAt.Tls, place.ShortSmtpName ? address.Local : address.Whole),
        Code,
        by)
    { Limits = place.Limits };
}
