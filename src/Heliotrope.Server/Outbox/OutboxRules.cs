using System.Linq.Expressions;

namespace Heliotrope.Server.Outbox;

/// <summary>When a mail of ours is tried, and when it is given up.</summary>
internal static class OutboxRules
{
    /// <summary>A worker that says nothing for so long is dead; its mail is in doubt.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The delays after each failed try; after the last one the mail is given up (RFC 5321 section 4.5.4.1 asks for at least four days).</summary>
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), .. Enumerable.Repeat(TimeSpan.FromHours(4), 24),
    ];

    /// <summary>How long to wait after a failed try; null to give up.</summary>
    public static TimeSpan? DelayAfter(int attempts) => attempts - 1 < Delays.Length ? Delays[Math.Max(0, attempts - 1)] : null;

    public static Expression<Func<OutboxMail, bool>> IsDue(DateTimeOffset now) => o =>
        (o.State == OutboxState.Waiting && o.NextTryAt <= now) || (o.State == OutboxState.Sending && (o.LeaseUntil == null || o.LeaseUntil <= now));
}
