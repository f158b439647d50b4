using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace Heliotrope.Server.Signing;

/// <summary>Signs mail of ours before its bytes are fixed, where its domain has a key. A key that cannot be used any more costs the signature and never the mail.</summary>
internal sealed class SignMail(Current<SigningKeys> keys, IDataProtectionProvider protection, ILogger<SignMail> log)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Heliotrope.Signing");

    // Unlocking and reading a key takes longer than signing with it.
    private readonly ConcurrentDictionary<string, DkimKey> _read = new(StringComparer.Ordinal);

    public string Lock(DkimKey key) => _protector.Protect(key.Pem);

    /// <summary>The mail as it leaves.</summary>
    /// <param name="mail">As it was written.</param>
    /// <param name="from">The address in From.</param>
    public async ValueTask<byte[]> Sign(byte[] mail, string from)
    {
        if ((await keys.Get()).OfDomain.GetValueOrDefault(DomainOf(from)) is not { } key)
        {
            return mail;
        }

        try
        {
            return DkimSignature.Sign(mail, key.Domain, key.Selector, _read.GetOrAdd(key.Secret, secret => DkimKey.FromPem(_protector.Unprotect(secret))));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            log.LogWarning("Mail of {Domain} leaves unsigned: its key cannot be used ({Why})", key.Domain, e.Message);
            return mail;
        }
    }

    /// <summary>As DNS writes it; as it is where it cannot be written so.</summary>
    public static string DomainOf(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        try
        {
            return new IdnMapping().GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}
