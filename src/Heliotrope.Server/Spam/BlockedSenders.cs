using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Spam;

/// <summary>Whose mail goes to the spam folder, as it is set now.</summary>
internal sealed class BlockedSenders
{
    private readonly HashSet<string> _blocked;

    private BlockedSenders(HashSet<string> blocked) => _blocked = blocked;

    public static async Task<BlockedSenders> Of(HeliotropeDb db) => new(await db.BlockedSenders.Select(b => b.Address).ToHashSetAsync());

    /// <summary>Whether this address, or everybody at its domain, is blocked.</summary>
    public bool Contains(EmailAddress address) =>
        _blocked.Count > 0 && (_blocked.Contains(address.Value) || _blocked.Contains(address.Value[address.Value.LastIndexOf('@')..]));
}
