namespace Heliotrope.Server.Platform;

/// <summary>The zone in which the desk shows days: the server's, until people and teams have their own.</summary>
internal static class Zone
{
    public static TimeZoneInfo Here => TimeZoneInfo.Local;

    /// <summary>The first instant of a day here.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Here.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Here).DateTime);
}
