using System.Globalization;
using System.Security.Cryptography;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Settings;

/// <summary>What the organisation has set. Read in one query; small enough to be read whenever it is needed.</summary>
internal sealed record Organisation(string Name, int SilentAfterDays, IReadOnlySet<string> Addresses, byte[] ReplySecret)
{
    public const int DefaultSilentAfterDays = 7;

    public static async Task<Organisation> Of(HeliotropeDb db)
    {
        var settings = await db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.Value);
        var addresses = await db.OurAddresses.AsNoTracking().Select(a => a.Address).ToListAsync();
        return new(
            settings.GetValueOrDefault(SettingKeys.Organisation, "Heliotrope"),
            settings.TryGetValue(SettingKeys.SilentAfterDays, out var days) ? int.Parse(days, CultureInfo.InvariantCulture) : DefaultSilentAfterDays,
            addresses.ToHashSet(StringComparer.Ordinal),
            Convert.FromHexString(settings[SettingKeys.ReplySecret]));
    }

    /// <summary>Whether mail to this address is for us. Until an address is configured, all is.</summary>
    public bool Accepts(EmailAddress address) =>
        Addresses.Count == 0 || Addresses.Contains(address.Value) || Addresses.Contains(address.WithoutTag.Value);

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
