using System.Globalization;
using System.Security.Cryptography;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Settings;

/// <summary>What the organisation has set. Read in one query; small enough to be read whenever it is needed.</summary>
internal sealed record Organisation(
    string Name, int SilentAfterDays, int UndoSeconds, IReadOnlyDictionary<string, long?> TeamOfAddress, byte[] ReplySecret, IReadOnlySet<string> DemoAddresses, bool HasDemo = false, bool DemoIsComing = false)
{
    public const int DefaultUndoSeconds = 10;

    public const int DefaultSilentAfterDays = 7;

    public static async Task<Organisation> Of(HeliotropeDb db)
    {
        var settings = await db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.Value);
        var addresses = await db.OurAddresses.AsNoTracking().ToListAsync();
        return new(
            settings.GetValueOrDefault(SettingKeys.Organisation, "Heliotrope"),
            settings.TryGetValue(SettingKeys.SilentAfterDays, out var days) ? int.Parse(days, CultureInfo.InvariantCulture) : DefaultSilentAfterDays,
            settings.TryGetValue(SettingKeys.UndoSeconds, out var seconds) ? int.Parse(seconds, CultureInfo.InvariantCulture) : DefaultUndoSeconds,
            addresses.ToDictionary(a => a.Address, a => a.TeamId, StringComparer.Ordinal),
            Convert.FromHexString(settings[SettingKeys.ReplySecret]),
            addresses.Where(a => a.Demo).Select(a => a.Address).ToHashSet(StringComparer.Ordinal),
            settings.ContainsKey(SettingKeys.Demo),
            settings.TryGetValue(SettingKeys.Demo, out var demo) && demo != "loaded");
    }

    /// <summary>The addresses that customers write to, in order; without those of the demo company, from and to which nothing real goes.</summary>
    public IReadOnlyList<string> Addresses { get; } = [.. TeamOfAddress.Keys.Where(a => !DemoAddresses.Contains(a)).Order(StringComparer.Ordinal)];

    /// <summary>The address to write from or to where nothing says which; null while none is set.</summary>
    public string? UsualAddress => Addresses is [var first, ..] ? first : null;

    /// <summary>The team that answers what comes to an address of ours.</summary>
    public long? TeamOf(string address) => TeamOfAddress.GetValueOrDefault(address);

    /// <summary>Whether this is one of the addresses that customers write to, also with a tag of ours.</summary>
    public bool IsOurs(EmailAddress address) => TeamOfAddress.ContainsKey(address.Value) || TeamOfAddress.ContainsKey(address.WithoutTag.Value);

    /// <summary>Whether mail to this address is for us. Until an address is configured, all is.</summary>
    public bool Accepts(EmailAddress address) =>
        Addresses.Count == 0 || IsOurs(address);

    /// <summary>Makes what the first start needs.</summary>
    public static Task Prepare(Store store, CancellationToken cancel) => store.Write(
        async db =>
        {
            if (!await db.Settings.AnyAsync(s => s.Key == SettingKeys.ReplySecret, cancel))
            {
                db.Settings.Add(new() { Key = SettingKeys.ReplySecret, Value = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) });
            }

            return true;
        },
        cancel);

    public static async Task Set(HeliotropeDb db, string key, string value)
    {
        if (await db.Settings.FindAsync(key) is { } setting)
        {
            setting.Value = value;
        }
        else
        {
            db.Settings.Add(new() { Key = key, Value = value });
        }
    }
}
