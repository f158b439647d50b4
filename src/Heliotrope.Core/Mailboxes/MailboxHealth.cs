namespace Heliotrope.Core.Mailboxes;

/// <summary>How a mailbox fares.</summary>
public enum MailboxHealth
{
    /// <summary>It is read, and answers leave.</summary>
    Well,

    /// <summary>It was connected just now and has not been looked into yet.</summary>
    Beginning,

    /// <summary>Somebody has paused it.</summary>
    Paused,

    /// <summary>It cannot be read just now; it may be over in a moment.</summary>
    Faltering,

    /// <summary>Answers do not leave through it.</summary>
    NotSending,

    /// <summary>It is nearly full, and then mail to it is refused.</summary>
    NearlyFull,

    /// <summary>It has not been read for some minutes: customers write and nobody sees it.</summary>
    Stopped,
}

/// <summary>What is known of a mailbox.</summary>
/// <param name="Paused">By a person.</param>
/// <param name="CreatedAt">When it was connected (UTC).</param>
/// <param name="LookedAt">When it was last looked into without trouble (UTC); null when never.</param>
/// <param name="FailingSince">Since when reading fails (UTC); null while it does not.</param>
/// <param name="SendFailingSince">Since when sending fails (UTC); null while it does not.</param>
/// <param name="QuotaUsed">Bytes; null when not known.</param>
/// <param name="QuotaLimit">Bytes; null when not known.</param>
public sealed record MailboxFacts(
    bool Paused, DateTimeOffset CreatedAt, DateTimeOffset? LookedAt, DateTimeOffset? FailingSince, DateTimeOffset? SendFailingSince, long? QuotaUsed, long? QuotaLimit)
{
    /// <summary>A mailbox that was not looked into for so long has stopped, whatever the reason: the one that hangs says nothing of it.</summary>
    public static readonly TimeSpan StoppedAfter = TimeSpan.FromMinutes(3);

    /// <summary>The share of its quota from which on it is nearly full.</summary>
    public const double NearlyFullFrom = 0.95;

    /// <summary>How it fares now.</summary>
    /// <param name="now">UTC.</param>
    public MailboxHealth At(DateTimeOffset now)
    {
        // Answers leave, or do not, whether it is read or paused.
        return !Paused && now - (LookedAt ?? CreatedAt) > StoppedAfter ? MailboxHealth.Stopped
            : now - SendFailingSince > StoppedAfter ? MailboxHealth.NotSending
            : Paused ? MailboxHealth.Paused
            : FailingSince is not null ? MailboxHealth.Faltering
            : QuotaLimit > 0 && QuotaUsed >= QuotaLimit * NearlyFullFrom ? MailboxHealth.NearlyFull
            : LookedAt is null ? MailboxHealth.Beginning
            : MailboxHealth.Well;
    }
}

/// <summary>How long to wait after something failed.</summary>
public static class MailboxPatience
{
    private static readonly TimeSpan[] Reading = [.. new[] { 5, 10, 20, 40, 60 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>A refused password is not tried as often: providers lock accounts whose password is guessed.</summary>
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan[] Aside = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>Before the mailbox is tried again.</summary>
    /// <param name="failures">How often in a row it failed, from 1.</param>
    /// <param name="refused">The server did not take the credentials.</param>
    public static TimeSpan AfterFailure(int failures, bool refused) =>
        refused && failures > 1 ? Refused : Reading[Math.Clamp(failures - 1, 0, Reading.Length - 1)];

    /// <summary>Before a mail that was set aside is tried again; null when a person has to say so.</summary>
    /// <param name="tries">How often it was tried, from 1.</param>
    public static TimeSpan? Again(int tries) => tries <= Aside.Length ? Aside[Math.Max(0, tries - 1)] : null;
}
