using System.Security.Cryptography;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.MailServices;

/// <summary>A service, as its posts need it.</summary>
internal sealed record KnownService(long Id, MailServiceKind Kind, byte[] TokenHash, string Secret);

/// <summary>The services that may post.</summary>
internal sealed class KnownServices(IReadOnlyDictionary<long, KnownService> services)
{
    /// <summary>Whoever names no service of ours is compared with this, so that the answer takes as long.</summary>
    private static readonly byte[] Nobody = Tokens.Hash(Tokens.New());

    public static async Task<KnownServices> Of(HeliotropeDb db) => new(await db.MailServices
        .OrderBy(s => s.Id)
        .Take(MailService.MostInAll)
        .Select(s => new KnownService(s.Id, s.Kind, s.TokenHash, s.Secret))
        .ToDictionaryAsync(s => s.Id));

    /// <summary>The service of an address such as <c>7-Xu3…</c>; null when there is none or the token is not its own.</summary>
    public KnownService? At(string address)
    {
        var dash = address.IndexOf('-', StringComparison.Ordinal);
        var service = long.TryParse(address.AsSpan(0, Math.Max(dash, 0)), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? services.GetValueOrDefault(id)
            : null;
        var same = CryptographicOperations.FixedTimeEquals(Tokens.Hash(address[(dash + 1)..]), service?.TokenHash ?? Nobody);
        return same ? service : null;
    }
}
