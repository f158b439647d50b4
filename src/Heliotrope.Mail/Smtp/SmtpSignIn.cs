using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>AUTH with PLAIN (RFC 4616) or LOGIN. Only ever called inside TLS.</summary>
internal static class SmtpSignIn
{
    /// <summary>Null when signed in.</summary>
    public static async Task<SendResult?> Run(SmtpLink link, string user, string password, string offered, CancellationToken cancel)
    {
        var ways = offered.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var shown = ways.Length == 0 ? "none" : string.Join(' ', ways.Take(10));
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
        else
        {
            return new(SendOutcome.Temporary, null, $"The server offers no way to sign in that is known here (PLAIN or LOGIN), only: {shown}.");
        }
        if (reply.Code == 235) return null;

        // A server that echoes what it was sent must not bring the password into a log.
        var words = reply.OneLine();
        foreach (var hidden in new[] { plain, secret, password }) words = words.Replace(hidden, "…", StringComparison.Ordinal);
        return new(SendOutcome.Temporary, reply.Code, $"The server did not accept the user name and the password: {words}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
