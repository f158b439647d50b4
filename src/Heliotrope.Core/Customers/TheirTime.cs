using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Heliotrope.Core.Customers;

/// <summary>The time on a customer's own clock.</summary>
/// <param name="Local">Date and time there.</param>
/// <param name="OutsideDay">Whether a call would come too early or too late: before eight or from eight in the evening.</param>
/// <param name="Ahead">How far their clock is ahead of UTC.</param>
public sealed record TheirTime(DateTime Local, bool OutsideDay, TimeSpan Ahead)
{
    private const int DayBegins = 8, DayEnds = 20;

    private static readonly Dictionary<string, string> Names = DateTimeZoneProviders.Tzdb.Ids.ToDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The zones that somebody can choose from, in alphabetical order.</summary>
    public static IReadOnlyList<string> Zones { get; } = [.. DateTimeZoneProviders.Tzdb.Ids.Where(id => id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Finds a zone by its name in any case.</summary>
    /// <param name="text">The name.</param>
    /// <param name="zone">The name as the tz database writes it.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryZone(string text, [NotNullWhen(true)] out string? zone) => Names.TryGetValue(text.Trim(), out zone);

    /// <summary>What a clock shows in a zone.</summary>
    /// <param name="zone">A name of the tz database.</param>
    /// <param name="at">The instant.</param>
    /// <returns>The time there; null when there is no such zone any more.</returns>
    public static TheirTime? In(string? zone, DateTimeOffset at)
    {
        if (zone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not { } there)
        {
            return null;
        }

        var clock = Instant.FromDateTimeOffset(at).InZone(there);
        return new(clock.ToDateTimeUnspecified(), clock.Hour is < DayBegins or >= DayEnds, clock.Offset.ToTimeSpan());
    }

    /// <summary>The instant at which a clock in a zone shows a time; the first of two, and the next where there is none.</summary>
    /// <param name="zone">A name of the tz database.</param>
    /// <param name="local">What the clock there shows.</param>
    /// <returns>The instant (UTC); null when there is no such zone, or the calendar ends.</returns>
    public static DateTimeOffset? At(string? zone, DateTime local)
    {
        if (zone is null || local.Year is < 2 or > 9998 || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not { } there)
        {
            return null;
        }

        return LocalDateTime.FromDateTime(local).InZoneLeniently(there).ToDateTimeOffset().ToUniversalTime();
    }

    /// <summary>The first instant from one on at which it is day there: a mail at night helps nobody.</summary>
    /// <param name="zone">A name of the tz database.</param>
    /// <param name="from">The instant (UTC).</param>
    /// <returns>That instant, or the next morning there; <paramref name="from"/> when there is no such zone.</returns>
    public static DateTimeOffset Daytime(string? zone, DateTimeOffset from) => In(zone, from) is { OutsideDay: true } there
        && At(zone, there.Local.Date.AddDays(there.Local.Hour < DayBegins ? 0 : 1).AddHours(DayBegins)) is { } morning && morning > from ? morning : from;
}
