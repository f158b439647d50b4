namespace Heliotrope.Core.NextQuestion;

/// <summary>A conversation, as far as it must be known to see what the same customer asks next.</summary>
/// <param name="Number">The conversation.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Driver">Why they wrote.</param>
/// <param name="StartedAt">When they did (UTC).</param>
/// <param name="EndedAt">When the clock stopped (UTC); null while it runs.</param>
public readonly record struct Visit(long Number, long Customer, long Driver, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>What comes later than this has another reason.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(30);

    /// <summary>Until when another question counts as the next one (UTC).</summary>
    public DateTimeOffset Until => (EndedAt ?? StartedAt) + Within;

    /// <summary>Whether the customer came back with this one after that one.</summary>
    /// <param name="next">Another conversation of the same customer.</param>
    public bool IsFollowedBy(Visit next) => next.StartedAt > StartedAt && next.StartedAt <= Until;
}
