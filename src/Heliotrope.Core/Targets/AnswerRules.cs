namespace Heliotrope.Core.Targets;

/// <summary>What a conversation's team and driver promise.</summary>
/// <param name="Hours">When the team works.</param>
/// <param name="Target">How soon it answers.</param>
public sealed record AnswerRules(WorkingHours Hours, AnswerTarget Target)
{
    /// <summary>What holds where nobody has said otherwise.</summary>
    public static AnswerRules Usual { get; } = new(WorkingHours.Usual, AnswerTarget.Usual);

    /// <summary>The same targets, counted in other hours.</summary>
    /// <param name="hours">The hours of the brand that the customer wrote to; null where it has none, so that the team's count.</param>
    /// <returns>The rules.</returns>
    public AnswerRules During(WorkingHours? hours) => hours is null ? this : this with { Hours = hours };

    /// <summary>When the customer is to be answered at the latest.</summary>
    /// <param name="waitingSince">Since when they wait.</param>
    /// <param name="firstAnswer">No person of ours has answered yet.</param>
    /// <returns>The time (UTC).</returns>
    public DateTimeOffset DueAt(DateTimeOffset waitingSince, bool firstAnswer) =>
        Hours.Add(waitingSince, firstAnswer ? Target.First : Target.Next);
}
