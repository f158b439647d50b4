using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>The server that outgoing mail is handed to.</summary>
/// <param name="Host">A host name or an address; IPv6 without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Tls">Whether and how the connection is encrypted.</param>
/// <param name="User">Null when the server wants no credentials.</param>
/// <param name="Password">Null when there is no user, or a token in its place; never shown.</param>
public sealed record Smarthost(string Host, int Port, MailTls Tls, string? User, string? Password)
{
    /// <summary>An access token of OAuth 2.0 (RFC 6750). When it is set, the user signs in with it by XOAUTH2 rather than with a password; never shown.</summary>
    public string? Token { get; init; }

    /// <summary>Something is sent that nobody else may read.</summary>
    internal bool HasSecret => User is not null || Token is not null;

    private const string Allowed = "smtp://host, smtp://user:password@host:587 or smtps://user:password@host";

    /// <summary>Reads <c>smtp://user:password@host:port</c> (TLS when offered) or <c>smtps://…</c> (TLS from the first byte). The port defaults to 25, with credentials to 587, with smtps to 465.</summary>
    /// <param name="uri">User and password percent-encoded, an IPv6 address in brackets.</param>
    /// <param name="smarthost">What was read; null when it was wrong.</param>
    /// <param name="problem">What is wrong and what is allowed, without the password; null when nothing is.</param>
    public static bool TryParse(string uri, [NotNullWhen(true)] out Smarthost? smarthost, [NotNullWhen(false)] out string? problem)
    {
        smarthost = null;
        problem = Read(uri.Trim(), out var read);
        if (problem is not null) return false;
        smarthost = read!;
        return true;
    }

    /// <summary>For logs: without the password and the token.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':') ? $"[{Host}]" : Host;
        return $"{(Tls is MailTls.Implicit ? "smtps" : "smtp")}://{(User is null ? "" : Uri.EscapeDataString(User) + "@")}{host}:{Port.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string? Read(string uri, out Smarthost? smarthost)
    {
        smarthost = null;
        var tls = uri.StartsWith("smtps://", StringComparison.OrdinalIgnoreCase);
        if (!tls && !uri.StartsWith("smtp://", StringComparison.OrdinalIgnoreCase))
            return $"It must begin with smtp:// or smtps://. Allowed: {Allowed}.";

        // The last @ parts the credentials from the host, so that a user name that is itself an address works unencoded.
        var rest = uri[(uri.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var at = rest.LastIndexOf('@');
        string? user = null, password = null;
        if (at >= 0 && Credentials(rest[..at], out user, out password) is { } wrong) return wrong;

        var place = rest[(at + 1)..];
        if (place.EndsWith('/')) place = place[..^1];
        var portAt = place.IndexOf(':', place.StartsWith('[') ? Math.Max(0, place.IndexOf(']')) : 0);
        var named = portAt >= 0;
        var host = named ? place[..portAt] : place;
        if (CheckHost(ref host, rest: named ? place[(portAt + 1)..] : "") is { } noHost) return noHost;

        var port = tls ? 465 : user is null ? 25 : 587;
        if (named && (!int.TryParse(place.AsSpan(portAt + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
            return "The port after the host must be a number from 1 to 65535.";
        smarthost = new(host, port, tls ? MailTls.Implicit : MailTls.WhenOffered, user, password);
        return null;
    }

    private static string? Credentials(string part, out string? user, out string? password)
    {
        var colon = part.IndexOf(':');
        user = Decode(colon < 0 ? part : part[..colon]);
        password = Decode(colon < 0 ? "" : part[(colon + 1)..]);
        if (user is null || password is null)
            return "The user or the password has a % that two hexadecimal digits do not follow, or stands for a control character. Write a % itself as %25.";
        return user.Length == 0 || password.Length == 0
            ? $"Before the @ there must be a user and a password, as user:password. Allowed: {Allowed}."
            : null;
    }

    private static string? CheckHost(ref string host, string rest)
    {
        if (host.StartsWith('['))
        {
            if (!host.EndsWith(']') || !IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var v6) || v6.AddressFamily != AddressFamily.InterNetworkV6)
                return "Between the brackets there must be an IPv6 address, as in smtp://[2001:db8::25]:25.";
            host = host[1..^1];
            return null;
        }
        if (rest.Contains(':')) return "An IPv6 address must stand in brackets, as in smtp://[2001:db8::25]:25.";
        if (host.Length == 0) return $"The host is missing. Allowed: {Allowed}.";
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? null
            : "The host is no host name: letters, digits, dots and hyphens, and nothing after the port. In a password, write @ as %40, / as %2F, # as %23 and : as %3A.";
    }

    /// <summary>Null when the encoding is wrong or hides a control character, which could end a line of the dialogue.</summary>
    private static string? Decode(string encoded)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '%')
            {
                var pair = char.IsHighSurrogate(encoded[i]) && i + 1 < encoded.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(encoded.Substring(i, pair)));
                i += pair - 1;
            }
            else if (i + 2 < encoded.Length && byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else return null;
        }
        var text = Encoding.UTF8.GetString(bytes.ToArray());
        return text.Any(char.IsControl) || text.Contains('\ufffd') ? null : text;
    }
}
