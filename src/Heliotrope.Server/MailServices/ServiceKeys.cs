using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Heliotrope.Server.MailServices;

/// <summary>Keeps what proves a service's posts: it must be known in full, so it is protected rather than hashed.</summary>
internal sealed class ServiceKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Heliotrope.MailServices");

    /// <summary>Not within a write: the key ring may have to write a key of its own, and would wait for the gate.</summary>
    public string Protect(string key) => key.Length == 0 ? "" : _protector.Protect(key);

    /// <summary>Null when none is set.</summary>
    /// <exception cref="CryptographicException">The key ring that it was protected with is gone.</exception>
    public string? Reveal(string secret) => secret.Length == 0 ? null : _protector.Unprotect(secret);

    /// <summary>Whether two secrets are the same, in a time that does not depend on where they differ.</summary>
    public static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
