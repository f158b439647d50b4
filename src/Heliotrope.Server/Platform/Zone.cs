namespace Heliotrope.Server.Platform;

/// <summary>The zone in which the desk shows days: the server's, until people and teams have their own.</summary>
internal static class Zone
{
    public static TimeZoneInfo Here => TimeZoneInfo.Local;

    /// <summary>The first instant of a day here.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(Math.Max(midnight.Ticks - Here.GetUtcOffset(midnight).Ticks, 0), TimeSpan.Zero); // no instant is before the year 1
    }

    /// <summary>The first instant after a day here.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1));

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Here).DateTime);
}
