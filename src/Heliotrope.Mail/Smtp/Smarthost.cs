using System.Diagnostics.CodeAnalysis;

namespace Heliotrope.Mail.Smtp;

/// <summary>The server that outgoing mail is handed to.</summary>
/// <param name="Host">A host name or an address; IPv6 without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="ImplicitTls">TLS from the first byte (RFC 8314 section 3) rather than by STARTTLS.</param>
/// <param name="User">Null when the server wants no credentials.</param>
/// <param name="Password">Null exactly when there is no user; never shown.</param>
public sealed record Smarthost(string Host, int Port, bool ImplicitTls, string? User, string? Password)
{
    /// <summary>Reads <c>smtp://user:password@host:port</c> or <c>smtps://…</c>. The port defaults to 25, with credentials to 587, with smtps to 465.</summary>
    /// <param name="uri">User and password percent-encoded, an IPv6 address in brackets.</param>
    /// <param name="smarthost">What was read; null when it was wrong.</param>
    /// <param name="problem">What is wrong and what is allowed, without the password; null when nothing is.</param>
    public static bool TryParse(string uri, [NotNullWhen(true)] out Smarthost? smarthost, [NotNullWhen(false)] out string? problem) => throw new NotImplementedException();

    /// <summary>For logs: without the password.</summary>
    public override string ToString() => $"{(ImplicitTls ? "smtps" : "smtp")}://{(User is null ? "" : User + "@")}{Host}:{Port}";
}
