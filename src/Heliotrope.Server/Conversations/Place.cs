using System.Globalization;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Server.Conversations;

/// <summary>Where a page of a list ends. The next one begins behind it, whatever came or went meanwhile.</summary>
internal readonly record struct Place(Attention Attention, DateTimeOffset At, long Number)
{
    private static readonly long LastMicros = Micros(DateTimeOffset.MaxValue);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static Place? Read(string? text) =>
        text?.Split('-') is [var attention, var micros, var number]
        && int.TryParse(attention, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        && long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m <= LastMicros
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? new((Attention)a, DateTimeOffset.UnixEpoch.AddTicks(m * TimeSpan.TicksPerMicrosecond), n)
            : null;

    /// <summary>As an address has it; to the microsecond, which is what both databases keep.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(int)Attention}-{Micros(At)}-{Number}");

    private static long Micros(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
