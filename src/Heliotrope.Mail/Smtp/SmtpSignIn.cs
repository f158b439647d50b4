using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>AUTH with PLAIN (RFC 4616), LOGIN or, with a token, XOAUTH2. Only ever called inside TLS.</summary>
internal static class SmtpSignIn
{
    /// <summary>Null when signed in.</summary>
    public static async Task<SendResult?> Run(SmtpLink link, Smarthost smarthost, string offered, CancellationToken cancel)
    {
        var ways = offered.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var user = smarthost.User ?? "";
        if (smarthost.Token is { } token)
        {
            return ways.Contains("XOAUTH2") ? await WithToken(link, user, token, cancel) : Unknown("XOAUTH2, which a token needs", ways);
        }

        var password = smarthost.Password ?? "";
        string plain = Base64($"\0{user}\0{password}"), secret = Base64(password);
        SmtpReply reply;
        if (ways.Contains("PLAIN"))
        {
            reply = await link.Command($"AUTH PLAIN {plain}", cancel);
            if (reply.Code == 334) reply = await link.Command(plain, cancel);
        }
        else if (ways.Contains("LOGIN"))
        {
            reply = await link.Command("AUTH LOGIN", cancel);
            if (reply.Code == 334) reply = await link.Command(Base64(user), cancel);
            if (reply.Code == 334) reply = await link.Command(secret, cancel);
        }
        else return Unknown("PLAIN or LOGIN", ways);
        return reply.Code == 235 ? null : Refused(reply, "The server did not accept the user name and the password", plain, secret, password);
    }

    /// <summary>As Google and Microsoft describe it: a refusal comes as a challenge that explains it, and an empty answer brings the refusal itself.</summary>
    private static async Task<SendResult?> WithToken(SmtpLink link, string user, string token, CancellationToken cancel)
    {
        var bearer = Base64($"user={user}\u0001auth=Bearer {token}\u0001\u0001");
        var reply = await link.Command($"AUTH XOAUTH2 {bearer}", cancel);
        if (reply.Code == 334)
        {
            var why = Decoded(reply.Text);
            reply = await link.Command("", cancel);
            if (reply.Code != 235 && why.Length > 0) reply = reply with { Text = $"{reply.Text} {why}" };
        }
        return reply.Code == 235 ? null : Refused(reply, "The server did not accept the user name and the token", bearer, Base64(token), token);
    }

    private static string Decoded(string words)
    {
        var bytes = new byte[words.Length];
        if (!Convert.TryFromBase64String(words, bytes, out var length)) return words;
        return string.Concat(Encoding.UTF8.GetString(bytes, 0, length).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }

    /// <summary>A server that echoes what it was sent must not bring the secret into a log.</summary>
    private static SendResult Refused(SmtpReply reply, string what, params string[] secrets)
    {
        var words = reply.Text;
        foreach (var hidden in secrets.Where(hidden => hidden.Length > 0)) words = words.Replace(hidden, "…", StringComparison.Ordinal);
        return new(SendOutcome.Temporary, reply.Code, $"{what}: {(reply with { Text = words }).OneLine()}")
        {
            // 4xx speaks of the server's state, not of the credentials.
            Trouble = reply.Code / 100 == 4 ? SendTrouble.Other : SendTrouble.SignInRefused,
        };
    }

    private static SendResult Unknown(string known, string[] ways)
        => new(SendOutcome.Temporary, null, $"The server offers no way to sign in that is known here ({known}), only: {(ways.Length == 0 ? "none" : string.Join(' ', ways.Take(10)))}.") { Trouble = SendTrouble.NoSignInWay };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
