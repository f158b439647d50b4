using NodaTime;

namespace Heliotrope.Core.Customers;

/// <summary>A guess at the zone somebody lives in, from what came with their words. It is shown as a guess, and never used as more.</summary>
public static class ZoneGuess
{
    /// <summary>Countries with one zone, or with one in which nearly everybody lives: the end of their domains, their dialling code, the zone.</summary>
    private static readonly (string Domain, string Code, string Zone)[] Countries =
    [
        ("de", "49", "Europe/Berlin"), ("at", "43", "Europe/Vienna"), ("ch", "41", "Europe/Zurich"), ("li", "423", "Europe/Vaduz"), ("lu", "352", "Europe/Luxembourg"),
        ("fr", "33", "Europe/Paris"), ("be", "32", "Europe/Brussels"), ("nl", "31", "Europe/Amsterdam"), ("it", "39", "Europe/Rome"), ("uk", "44", "Europe/London"),
        ("ie", "353", "Europe/Dublin"), ("es", "34", "Europe/Madrid"), ("pt", "351", "Europe/Lisbon"), ("dk", "45", "Europe/Copenhagen"), ("se", "46", "Europe/Stockholm"),
        ("no", "47", "Europe/Oslo"), ("fi", "358", "Europe/Helsinki"), ("pl", "48", "Europe/Warsaw"), ("cz", "420", "Europe/Prague"), ("sk", "421", "Europe/Bratislava"),
        ("hu", "36", "Europe/Budapest"), ("ro", "40", "Europe/Bucharest"), ("bg", "359", "Europe/Sofia"), ("gr", "30", "Europe/Athens"), ("hr", "385", "Europe/Zagreb"),
        ("si", "386", "Europe/Ljubljana"), ("rs", "381", "Europe/Belgrade"), ("ee", "372", "Europe/Tallinn"), ("lv", "371", "Europe/Riga"), ("lt", "370", "Europe/Vilnius"),
        ("ua", "380", "Europe/Kyiv"), ("tr", "90", "Europe/Istanbul"), ("il", "972", "Asia/Jerusalem"), ("in", "91", "Asia/Kolkata"), ("jp", "81", "Asia/Tokyo"),
        ("kr", "82", "Asia/Seoul"), ("cn", "86", "Asia/Shanghai"), ("tw", "886", "Asia/Taipei"), ("hk", "852", "Asia/Hong_Kong"), ("sg", "65", "Asia/Singapore"),
        ("th", "66", "Asia/Bangkok"), ("vn", "84", "Asia/Ho_Chi_Minh"), ("ph", "63", "Asia/Manila"), ("ae", "971", "Asia/Dubai"), ("sa", "966", "Asia/Riyadh"),
        ("za", "27", "Africa/Johannesburg"), ("ng", "234", "Africa/Lagos"), ("ke", "254", "Africa/Nairobi"), ("eg", "20", "Africa/Cairo"), ("ma", "212", "Africa/Casablanca"),
        ("ar", "54", "America/Argentina/Buenos_Aires"), ("co", "57", "America/Bogota"), ("pe", "51", "America/Lima"), ("uy", "598", "America/Montevideo"), ("nz", "64", "Pacific/Auckland"),
    ];

    /// <summary>Where most of those who write a language live, to be believed only when the clock agrees.</summary>
    private static readonly Dictionary<string, string> Languages = new(StringComparer.Ordinal)
    {
        ["de"] = "Europe/Berlin", ["fr"] = "Europe/Paris", ["it"] = "Europe/Rome", ["nl"] = "Europe/Amsterdam", ["es"] = "Europe/Madrid", ["pt"] = "Europe/Lisbon",
        ["en"] = "Europe/London", ["pl"] = "Europe/Warsaw", ["cs"] = "Europe/Prague", ["sv"] = "Europe/Stockholm", ["da"] = "Europe/Copenhagen", ["fi"] = "Europe/Helsinki",
        ["ja"] = "Asia/Tokyo", ["ko"] = "Asia/Seoul", ["zh"] = "Asia/Shanghai", ["tr"] = "Europe/Istanbul", ["uk"] = "Europe/Kyiv",
    };

    /// <summary>Guesses from a phone: the country's code, where the country has one zone.</summary>
    /// <param name="phone">The phone.</param>
    /// <returns>A zone, or null without a guess.</returns>
    public static string? Of(PhoneNumber phone)
    {
        ArgumentNullException.ThrowIfNull(phone);
        return phone.IsInternational ? Countries.Where(c => phone.Digits.StartsWith(c.Code, StringComparison.Ordinal)).MaxBy(c => c.Code.Length).Zone : null;
    }

    /// <summary>Guesses from a mail: the country of the address or the language, if the clock of the mail agrees; the clock alone else.</summary>
    /// <param name="address">Where it came from.</param>
    /// <param name="language">The language of its words; null when unsure.</param>
    /// <param name="sent">The time in its header, with the offset of the clock it was written under.</param>
    /// <returns>A zone, or null without a guess: many programs write every time in UTC.</returns>
    public static string? Of(EmailAddress address, string? language, DateTimeOffset sent)
    {
        ArgumentNullException.ThrowIfNull(address);
        var domain = address.Domain;
        var country = Countries.FirstOrDefault(c => domain.EndsWith("." + c.Domain, StringComparison.Ordinal)).Zone;
        return Agrees(country, sent) ? country
            : language is not null && Languages.TryGetValue(language, out var zone) && Agrees(zone, sent) && sent.Offset != TimeSpan.Zero ? zone
            : sent.Offset == TimeSpan.Zero || sent.Offset.Ticks % TimeSpan.TicksPerHour != 0 || sent.Offset.TotalHours is < -12 or > 14 ? null
            : FormattableString.Invariant($"Etc/GMT{(sent.Offset > TimeSpan.Zero ? "-" : "+")}{Math.Abs((int)sent.Offset.TotalHours)}"); // named the other way round
    }

    private static bool Agrees(string? zone, DateTimeOffset sent) =>
        zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } there && there.GetUtcOffset(Instant.FromDateTimeOffset(sent)).ToTimeSpan() == sent.Offset;
}
