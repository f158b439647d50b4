using System.Text;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What mail servers say when they refuse: which of the usual reasons it is, and what of it may be shown.</summary>
internal static class ServersWords
{
    private const int Most = 200;

    // A part of a secret is one too. Shorter parts are in too many words.
    private const int Part = 6;

    // In the words of servers as they are known; the first that fits.
    private static readonly (string Code, string[] Words)[] Reasons =
    [
        // smtp; 535 5.7.139 of Exchange Online names the tenant or the mailbox
        ("smtp-off", ["SmtpClientAuthentication is disabled"]),
        ("password-off", ["basic authentication is disabled", "authentication method is disabled", "5.7.139"]),
        ("app-password", ["application-specific password", "app-specific password", "app password", "application password", "InvalidSecondFactor", "5.7.9 "]),
        ("imap-off", ["not enabled for IMAP", "IMAP access is disabled", "IMAP is disabled", "enable IMAP", "imap access disabled", "IMAP service is not", "user is authenticated but not connected", "pop3/imap", "IMAP4 is disabled", "imap disabled"]),
        ("too-many", ["too many simultaneous", "too many connections", "maximum number of connections", "concurrent connection", "mail_max_userip_connections", "[LIMIT]", "connection limit"]),
        ("too-often", ["too many login", "too many failed", "too many attempts", "too many auth", "rate limit", "throttled", "try again in", "OVERQUOTA", "bandwidth limit", "Web login required", "[WEBALERT"]),
        ("encryption-first", ["PRIVACYREQUIRED", "plaintext authentication disallowed", "must issue a STARTTLS", "STARTTLS first", "encryption required", "requires encryption"]),
        ("away", ["[UNAVAILABLE]", "temporary", "try again later", "service not available", "internal error", "server busy"]),
    ];

    /// <summary>The code of the reason; null when it is none of these.</summary>
    public static string? Refusal(string? said) => said is null ? null
        : Reasons.FirstOrDefault(reason => reason.Words.Any(words => said.Contains(words, StringComparison.OrdinalIgnoreCase))).Code;

    /// <summary>One short line. Nothing at all when a secret is in it in any form that we sent it in, or a part of one.</summary>
    public static string? Shown(string? said, string user, params string[] secrets)
    {
        if (string.IsNullOrWhiteSpace(said) || secrets.Any(secret => Tells(said, user, secret)))
        {
            return null;
        }

        // A code of the protocol comes first: [AUTHENTICATIONFAILED], which says nothing to people.
        var text = said.Trim();
        text = text.StartsWith('[') ? text[(text.IndexOf(']', StringComparison.Ordinal) + 1)..].Trim() : text;
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > Most)
            {
                line.Append('…');
                break;
            }

            line.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format ? " " : rune.ToString());
        }

        return string.Join(' ', line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } shown ? shown : null;
    }

    private static bool Tells(string said, string user, string secret)
    {
        if (secret.Length == 0)
        {
            return false;
        }

        // As it is, with what quotes it taken away, and as the ways of signing in encode it (RFC 4616, LOGIN, XOAUTH2).
        var plain = said.Replace("\\", "", StringComparison.Ordinal);
        string[] forms =
        [
            secret,
            secret.Replace("\\", "", StringComparison.Ordinal),
            Uri.EscapeDataString(secret),
            Base64(secret),
            Base64($"\0{user}\0{secret}"),
            Base64($"{user}\0{user}\0{secret}"),
            Base64($"user={user}\u0001auth=Bearer {secret}\u0001\u0001"),
        ];
        return forms.Where(form => form.Length > 0).Any(form => Parts(form).Any(part =>
            said.Contains(part, StringComparison.OrdinalIgnoreCase) || plain.Contains(part, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> Parts(string form)
    {
        for (var at = 0; at == 0 || at + Part <= form.Length; at++)
        {
            yield return form.Substring(at, Math.Min(Part, form.Length));
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
