namespace Heliotrope.Server.Platform;

internal static class SystemClock
{
    /// <summary>Now, in the whole microseconds that both databases keep, so that what was written reads back equal.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
