namespace Heliotrope.Mail.Smtp;

/// <summary>How a connection to a mail server is encrypted.</summary>
public enum MailTls
{
    /// <summary>By STARTTLS (RFC 3207) when the server offers it. With credentials it must: they never go in clear.</summary>
    WhenOffered,
    /// <summary>By STARTTLS, and not at all when the server does not offer it.</summary>
    StartTls,
    /// <summary>From the first byte (RFC 8314 section 3).</summary>
    Implicit,
}
