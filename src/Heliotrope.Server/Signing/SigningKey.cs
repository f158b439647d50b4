using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Signing;

/// <summary>The key with which mail of one domain is signed (RFC 6376).</summary>
public sealed class SigningKey : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The domain, in lower case and as DNS writes it; one key each.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Under which it is published.</summary>
    public string Selector { get; set; } = "";

    /// <summary>The private key, under the keys of Data Protection; never shown.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The TXT record that has to stand in the DNS.</summary>
    public string DnsRecord { get; set; } = "";

    /// <summary>Whether mail is signed: once the record was found.</summary>
    public bool Active { get; set; }

    /// <summary>When the DNS was last asked (UTC); null while it was not.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The name at which the record has to stand.</summary>
    public string DnsName => $"{Selector}._domainkey.{Domain}";
}

/// <summary>The keys that mail is signed with, as they are set now.</summary>
internal sealed record SigningKeys(IReadOnlyDictionary<string, SigningKey> OfDomain)
{
    public static async Task<SigningKeys> Of(HeliotropeDb db) => new(await db.SigningKeys.AsNoTracking().Where(k => k.Active).ToDictionaryAsync(k => k.Domain, StringComparer.OrdinalIgnoreCase));
}
