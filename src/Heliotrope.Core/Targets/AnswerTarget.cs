namespace Heliotrope.Core.Targets;

/// <summary>How soon a customer is answered, in working time.</summary>
/// <param name="First">Until the first answer of a person of ours.</param>
/// <param name="Next">Until each answer after it.</param>
public sealed record AnswerTarget(TimeSpan First, TimeSpan Next)
{
    /// <summary>One working day of eight hours for either.</summary>
    public static AnswerTarget Usual { get; } = new(TimeSpan.FromHours(8), TimeSpan.FromHours(8));
}
