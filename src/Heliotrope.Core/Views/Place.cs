using System.Globalization;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Views;

/// <summary>Where a conversation stands in a list. A page begins behind a place, or ends before it, whatever came or went meanwhile.</summary>
/// <param name="Attention">What lifts it.</param>
/// <param name="At">The time that the list goes by; null when it has none.</param>
/// <param name="Number">The number, which no two share.</param>
public readonly record struct Place(Attention Attention, DateTimeOffset? At, long Number)
{
    private static readonly long LastMicros = Micros(DateTimeOffset.MaxValue);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    /// <param name="text">As an address has it.</param>
    /// <returns>The place, if it is one.</returns>
    public static Place? Read(string? text)
    {
        if (text?.Split('-') is not [var attention, var micros, var number]
            || !int.TryParse(attention, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return null;
        }

        if (micros.Length == 0)
        {
            return new((Attention)a, null, n);
        }

        return long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m <= LastMicros
            ? new((Attention)a, DateTimeOffset.UnixEpoch.AddTicks(m * TimeSpan.TicksPerMicrosecond), n)
            : null;
    }

    /// <summary>As an address has it; to the microsecond, which is what both databases keep.</summary>
    /// <returns>Three numbers; the middle one is left out where there is no time.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(int)Attention}-{Time}-{Number}");

    private long? Time => At is { } at ? Micros(at) : null;

    private static long Micros(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
