using System.Globalization;
using System.Text.RegularExpressions;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Acts;

/// <summary>For how long something is put off: <c>PT4H</c>, <c>P2D</c>, <c>P1W</c> (ISO 8601) from the moment of the act, or an instant with its offset.</summary>
public static partial class RestFor
{
    /// <summary>Whether this can be read.</summary>
    /// <param name="value">What was written.</param>
    /// <returns>It can.</returns>
    public static bool IsOne(string value) => Length(value) is { } length ? length > TimeSpan.Zero && length <= Conversation.LongestSnooze : Instant(value) is not null;

    /// <summary>Until when it rests.</summary>
    /// <param name="value">As <see cref="IsOne"/> takes it.</param>
    /// <param name="now">When it begins (UTC).</param>
    /// <returns>The instant, to the second (UTC); one long past when it cannot be read, which every rule refuses.</returns>
    public static DateTimeOffset Until(string value, DateTimeOffset now) =>
        WholeSecond(Length(value) is { } length ? now + length : Instant(value) ?? DateTimeOffset.MinValue);

    /// <summary>How long the written length is; null when it is none.</summary>
    /// <param name="value">What was written.</param>
    /// <returns>The length.</returns>
    public static TimeSpan? Length(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Duration().Match(value) is not { Success: true } match || value.Length < 3)
        {
            return null;
        }

        long Number(string group) => match.Groups[group] is { Success: true } found ? long.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromDays((int)((Number("w") * 7) + Number("d"))) + TimeSpan.FromHours((int)Number("h")) + TimeSpan.FromMinutes(Number("m"));
    }

    private static DateTimeOffset? Instant(string value) =>
        DateTimeOffset.TryParseExact(value, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "O"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null;

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    [GeneratedRegex(@"^P(?:(?<w>\d{1,3})W)?(?:(?<d>\d{1,3})D)?(?:T(?:(?<h>\d{1,4})H)?(?:(?<m>\d{1,5})M)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
