using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Heliotrope.Server.Platform;

/// <summary>How often the same address may try what strangers can reach.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string Confidence = "confidence";

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(SignIn, http => PerAddress(http, perMinute: 120));
        options.AddPolicy(Confidence, http => PerAddress(http, perMinute: 120));
    }

    private static RateLimitPartition<string> PerAddress(HttpContext http, int perMinute) => RateLimitPartition.GetSlidingWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });
}
