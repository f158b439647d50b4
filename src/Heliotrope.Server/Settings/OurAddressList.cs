using Heliotrope.Core;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Settings;

/// <summary>Addresses of ours that are named as all that something has: a team, a brand.</summary>
internal static class OurAddressList
{
    /// <summary>As they are kept.</summary>
    public static HashSet<string> Plain(IReadOnlyList<string>? addresses) => [.. (addresses ?? []).Select(a => (a ?? "").Trim().ToLowerInvariant())]; // a list from outside may hold null

    /// <summary>The refusal when one of them is none of ours.</summary>
    public static async Task<Refusal?> Unknown(HeliotropeDb db, IReadOnlyList<string>? addresses) =>
        Plain(addresses).Except(await db.OurAddresses.Select(a => a.Address).ToListAsync()).Any()
            ? Refusal.Invalid("address.unknown", "This is none of the addresses that customers write to.", "addresses")
            : null;

    /// <summary>Gives them to whom they are to belong, and takes its others away. Where none are named, all stays.</summary>
    /// <param name="db">The database.</param>
    /// <param name="addresses">All that it has from now on; null for no change.</param>
    /// <param name="owner">Its id.</param>
    /// <param name="whose">Whose one is.</param>
    /// <param name="give">Gives one away; to nobody with null.</param>
    public static async Task Give(HeliotropeDb db, IReadOnlyList<string>? addresses, long owner, Func<OurAddress, long?> whose, Action<OurAddress, long?> give)
    {
        if (addresses is null)
        {
            return;
        }

        var wanted = Plain(addresses);
        foreach (var address in await db.OurAddresses.ToListAsync())
        {
            give(address, wanted.Contains(address.Address) ? owner : whose(address) == owner ? null : whose(address));
        }
    }
}
