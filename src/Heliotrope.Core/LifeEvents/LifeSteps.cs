using Heliotrope.Core.Reading;

namespace Heliotrope.Core.LifeEvents;

/// <summary>What is done for somebody in hard times.</summary>
public enum LifeStep
{
    /// <summary>A person of ours answered. Seen by itself.</summary>
    Answered,
    /// <summary>Everything they had with us ended in one step. Seen by itself.</summary>
    Cancelled,
    /// <summary>Money went back. Seen by itself where the shop tells of it, else said.</summary>
    Refunded,
    /// <summary>Goods need not come back, or went to a good cause. Said.</summary>
    Returned,
    /// <summary>A card was written by hand. Said.</summary>
    Card,
    /// <summary>The only proof was received. Said.</summary>
    Proof,
}

/// <summary>A step as it stands.</summary>
/// <param name="Step">Which.</param>
/// <param name="Done">Whether it is done.</param>
/// <param name="Seen">Whether Heliotrope saw that itself, and nobody had to say it.</param>
public readonly record struct StepState(LifeStep Step, bool Done, bool Seen);

/// <summary>What is known of what was done.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Answered">A person of ours answered since.</param>
/// <param name="Cancelled">Everything was cancelled.</param>
/// <param name="RefundSeen">The shop told of money that went back since.</param>
/// <param name="ProofAsked">A proof was asked for.</param>
/// <param name="ProofReceived">It was received.</param>
/// <param name="Said">The steps that people say were done.</param>
public sealed record LifeFacts(LifeEvent Kind, bool Answered, bool Cancelled, bool RefundSeen, bool ProofAsked, bool ProofReceived, IReadOnlyCollection<LifeStep> Said);

/// <summary>Which steps there are and which are left. What can be seen is seen, and only what is done elsewhere has to be said.</summary>
public static class LifeSteps
{
    /// <summary>Whether a person says that a step was done.</summary>
    /// <param name="step">The step.</param>
    public static bool IsSaid(LifeStep step) => step is LifeStep.Refunded or LifeStep.Returned or LifeStep.Card or LifeStep.Proof;

    /// <summary>The steps that belong to what happened, in the order in which they help; others join them once they are done or begun.</summary>
    /// <param name="facts">What is known.</param>
    public static IReadOnlyList<StepState> Of(LifeFacts facts) =>
        [.. Enum.GetValues<LifeStep>().Where(step => Belongs(facts.Kind, step) || IsDone(facts, step) || (step is LifeStep.Proof && facts.ProofAsked)).Select(step => new StepState(step, IsDone(facts, step), IsSeen(facts, step)))];

    /// <summary>What is left to do.</summary>
    /// <param name="facts">What is known.</param>
    public static IReadOnlyList<LifeStep> Left(LifeFacts facts) => [.. Of(facts).Where(step => !step.Done).Select(step => step.Step)];

    private static bool Belongs(LifeEvent kind, LifeStep step) => (kind, step) switch
    {
        (_, LifeStep.Answered) => true,
        (LifeEvent.Bereavement, LifeStep.Cancelled or LifeStep.Refunded or LifeStep.Returned or LifeStep.Card) => true,
        (LifeEvent.Illness, LifeStep.Card) => true,
        (LifeEvent.Disaster, LifeStep.Returned or LifeStep.Card) => true,
        _ => false,
    };

    private static bool IsDone(LifeFacts facts, LifeStep step) => step switch
    {
        LifeStep.Answered => facts.Answered,
        LifeStep.Cancelled => facts.Cancelled,
        LifeStep.Refunded => facts.RefundSeen || facts.Said.Contains(step),
        LifeStep.Proof => facts.ProofReceived,
        _ => facts.Said.Contains(step),
    };

    private static bool IsSeen(LifeFacts facts, LifeStep step) => step switch
    {
        LifeStep.Answered or LifeStep.Cancelled => IsDone(facts, step),
        LifeStep.Refunded => facts.RefundSeen,
        _ => false,
    };
}
