namespace Heliotrope.Server.Platform;

/// <summary>The zone in which the desk shows days: the server's, until people and teams have their own.</summary>
internal static class Zone
{
    public static TimeZoneInfo Here => TimeZoneInfo.Local;

    /// <summary>Whether a day, the one before it and the one after it can be counted with in every zone: a calendar in a program has an end.</summary>
    public static bool Counts(DateOnly day) => day.Year is > 1 and < 9999;

    /// <summary>The first instant of a day here.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => StartOf(day, Here);

    /// <summary>The first instant of a day. Where clocks go back at midnight it comes twice, and the first one counts; where they go forward there is none, and the day begins an hour later.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset at) => DayOf(at, Here);

    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
