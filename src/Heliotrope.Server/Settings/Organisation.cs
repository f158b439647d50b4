using System.Globalization;
using System.Security.Cryptography;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Settings;

/// <summary>What the organisation has set: small enough to be read whenever it is needed.</summary>
internal sealed record Organisation(
    string Name, int SilentAfterDays, int UndoSeconds, IReadOnlyDictionary<string, long?> TeamOfAddress, byte[] ReplySecret, IReadOnlySet<string> DemoAddresses, bool HasDemo = false, bool DemoIsComing = false, IReadOnlySet<string>? Trusted = null)
{
    public const int DefaultUndoSeconds = 10;

    public const int DefaultSilentAfterDays = 7;

    public static async Task<Organisation> Of(HeliotropeDb db)
    {
        var settings = await db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.Value);
        var addresses = await db.OurAddresses.AsNoTracking().ToListAsync();
        var brands = addresses.Exists(a => a.BrandId is not null) ? await db.Brands.AsNoTracking().ToDictionaryAsync(b => b.Id) : [];
        return new(
            settings.GetValueOrDefault(SettingKeys.Organisation, "Heliotrope"),
            settings.TryGetValue(SettingKeys.SilentAfterDays, out var days) ? int.Parse(days, CultureInfo.InvariantCulture) : DefaultSilentAfterDays,
            settings.TryGetValue(SettingKeys.UndoSeconds, out var seconds) ? int.Parse(seconds, CultureInfo.InvariantCulture) : DefaultUndoSeconds,
            addresses.ToDictionary(a => a.Address, a => a.TeamId, StringComparer.Ordinal),
            Convert.FromHexString(settings[SettingKeys.ReplySecret]),
            addresses.Where(a => a.Demo).Select(a => a.Address).ToHashSet(StringComparer.Ordinal),
            settings.ContainsKey(SettingKeys.Demo),
            settings.TryGetValue(SettingKeys.Demo, out var demo) && demo != "loaded",
            settings.GetValueOrDefault(SettingKeys.TrustedServers, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase))
        {
            SendsThroughMailboxes = await db.Mailboxes.AnyAsync(m => m.SmtpHost != ""),
            BrandOfAddress = addresses.Where(a => a.BrandId is not null).ToDictionary(a => a.Address, a => brands[a.BrandId!.Value], StringComparer.Ordinal),
        };
    }

    /// <summary>Whether any mailbox sends what is written from its address.</summary>
    public bool SendsThroughMailboxes { get; init; }

    /// <summary>The brands of those addresses that have one.</summary>
    public IReadOnlyDictionary<string, Brand> BrandOfAddress { get; init; } = new Dictionary<string, Brand>();

    /// <summary>The addresses that customers write to, in order; without those of the demo company, from and to which nothing real goes.</summary>
    public IReadOnlyList<string> Addresses { get; } = [.. TeamOfAddress.Keys.Where(a => !DemoAddresses.Contains(a)).Order(StringComparer.Ordinal)];

    /// <summary>Those of them that somebody may write from: where a team answers whose conversations they do not see, they would not see what they began.</summary>
    /// <param name="hidden">The teams whose conversations they do not see.</param>
    public IReadOnlyList<string> AddressesBut(IReadOnlyCollection<long> hidden) => hidden.Count == 0 ? Addresses : [.. Addresses.Where(a => TeamOf(a) is not { } team || !hidden.Contains(team))];

    /// <summary>The servers whose checks of senders are believed (RFC 8601); none at first.</summary>
    public IReadOnlySet<string> TrustedServers { get; } = Trusted ?? new HashSet<string>();

    /// <summary>The address to write from or to where nothing says which; null while none is set.</summary>
    public string? UsualAddress => Addresses is [var first, ..] ? first : null;

    /// <summary>The team that answers what comes to an address of ours.</summary>
    public long? TeamOf(string address) => TeamOfAddress.GetValueOrDefault(address) ?? BrandOfAddress.GetValueOrDefault(address)?.TeamId;

    /// <summary>The brand of an address of ours; null for the organisation itself.</summary>
    public Brand? BrandOf(string address) => BrandOfAddress.GetValueOrDefault(address);

    /// <summary>What the brands of addresses are called, as lists say it: nothing as long as all we show is one face.</summary>
    public IReadOnlyDictionary<string, string> ShownBrands => TeamOfAddress.Keys.Select(a => BrandOf(a)?.Id).Distinct().Count() < 2
        ? new Dictionary<string, string>()
        : BrandOfAddress.ToDictionary(a => a.Key, a => a.Value.Name, StringComparer.Ordinal);

    /// <summary>Who we are for whoever writes to an address of ours.</summary>
    public string NameAt(string address) => BrandOf(address)?.Name ?? Name;

    /// <summary>Where a person reads what is written to us, for whoever wrote to an address of ours.</summary>
    public string? ContactAt(string address) => Addresses.Contains(address) ? address : UsualAddress;

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
