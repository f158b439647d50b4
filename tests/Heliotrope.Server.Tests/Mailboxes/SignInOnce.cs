using System.Text;
using MailKit;
using MailKit.Security;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>Signs in with a password by one try.</summary>
internal static class SignInOnce
{
    /// <summary>
    /// MailKit goes through all ways that a server offers. A wrong password would then count as three tries at providers that lock
    /// mailboxes out, and of a server that says why and hangs up nothing would be left but that it hung up. Under TLS PLAIN says all.
    /// </summary>
    public static Task With(MailService client, string user, string password, CancellationToken cancel) =>
        client.IsSecure && client.AuthenticationMechanisms.Contains("PLAIN")
            ? client.AuthenticateAsync(new SaslMechanismPlain(Encoding.UTF8, user, password), cancel)
            : client.AuthenticateAsync(Encoding.UTF8, user, password, cancel);
}
