using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Passwords and tokens of mailboxes, under the keys of Data Protection. Not for use within a write: the first use of a new key writes that key.</summary>
internal sealed class MailboxSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Heliotrope.Mailboxes");

    public string Lock(string secret) => _protector.Protect(secret);

    /// <exception cref="MailKit.Security.AuthenticationException">The key that locked it is gone: somebody has to give the password again.</exception>
    public string Unlock(string secret)
    {
        try
        {
            return _protector.Unprotect(secret);
        }
        catch (CryptographicException e)
        {
            throw new MailKit.Security.AuthenticationException("The password that is kept here cannot be read any more. Give it again.", e);
        }
    }
}
