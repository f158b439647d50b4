namespace Heliotrope.Core.Conversations;

/// <summary>When something that waits may leave.</summary>
public static class SendLater
{
    /// <summary>Beyond this the date is a slip of the hand.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>The customer wrote before it left.</summary>
    public const string Overtaken = "reply.overtaken";

    /// <summary>Something happened in the customer's life before it left.</summary>
    public const string LifeEvent = "reply.life-event";

    /// <summary>What keeps a time from being the one at which words leave.</summary>
    /// <param name="at">The time (UTC); null when none could be read.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>The refusal; null when it may be.</returns>
    public static Refusal? Check(DateTimeOffset? at, DateTimeOffset now) =>
        at is not { } time || time <= now ? Refusal.Invalid("later.past", "The time at which it leaves lies ahead.", "sendAt")
        : time > now + Furthest ? Refusal.Invalid("later.too-far", "It leaves within a year.", "sendAt")
        : null;
}
