using System.Threading.RateLimiting;

namespace Heliotrope.Server.Platform;

/// <summary>
/// How often the same address may try what strangers can reach. The framework's middleware would do, but never lets go of its limiters: their clocks run on after a
/// server has stopped, and keep all of it in memory.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    public const string SignIn = "sign-in";
    public const string Confidence = "confidence";
    public const string MailGuesses = "mail-guesses";

    private readonly Dictionary<string, PartitionedRateLimiter<HttpContext>> _limiters = new()
    {
        [SignIn] = PerAddress(perMinute: 120),
        [Confidence] = PerAddress(perMinute: 120),
        [MailGuesses] = PerAddress(perMinute: 120), // posts to what is no address of ours; behind a proxy all services come from one address, and some drop a mail that has to wait
    };

    /// <summary>Turns away whoever tries too often.</summary>
    public Task Refuse(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Limited>() is { } limited && IsTooOften(limited.By, http))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        }

        return next(http);
    }

    /// <summary>Counts one more.</summary>
    public bool IsTooOften(string by, HttpContext http)
    {
        using var lease = _limiters[by].AttemptAcquire(http);
        return !lease.IsAcquired;
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }

    private static PartitionedRateLimiter<HttpContext> PerAddress(int perMinute) => PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetSlidingWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
}

/// <summary>By which limit an endpoint is reached.</summary>
internal sealed record Limited(string By);

/// <summary>How endpoints say by which.</summary>
internal static class LimitedEndpoints
{
    public static TBuilder LimitRate<TBuilder>(this TBuilder endpoints, string by)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new Limited(by));
}
