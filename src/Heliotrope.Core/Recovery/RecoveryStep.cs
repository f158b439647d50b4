namespace Heliotrope.Core.Recovery;

/// <summary>Where a recovery has come to (docs/method.md, A2).</summary>
public enum RecoveryState
{
    /// <summary>The customer's confidence is not restored yet.</summary>
    Open,
    /// <summary>The customer said yes to both questions. Nothing else restores.</summary>
    Restored,
    /// <summary>It is over, and the customer never said that they are confident.</summary>
    Lost,
}

/// <summary>The five steps that restore confidence, in their order.</summary>
public enum RecoveryStepName
{
    /// <summary>The opening of the first human reply shows that we understood what happened to them.</summary>
    Acknowledge,
    /// <summary>It really apologises.</summary>
    Apologise,
    /// <summary>What was fixed is recorded, with when.</summary>
    Fix,
    /// <summary>No salt in any reply, and somebody by name owns it, says the next step and blames nobody else.</summary>
    Attitude,
    /// <summary>The first answer and every later one came within the target of team and driver.</summary>
    Urgency,
}

/// <summary>What an open recovery waits for; the lower presses more.</summary>
public enum RecoveryWait
{
    /// <summary>The customer said no to one of the questions, and nobody has answered that.</summary>
    SaidNo,
    /// <summary>The customer waits for an answer.</summary>
    Answer,
    /// <summary>We answered, and nothing is recorded as fixed.</summary>
    Fix,
    /// <summary>It is fixed; the customer has not said whether they are confident.</summary>
    Confidence,
}

/// <summary>Why a step is not met, or that it cannot be told.</summary>
public enum StepGap
{
    /// <summary>There was no reply yet that it could be seen in.</summary>
    NotYet,
    /// <summary>The replies are in a language whose words we do not read for this.</summary>
    NotRead,
    /// <summary>The words are not there.</summary>
    Missing,
    /// <summary>A reply has salt.</summary>
    Salt,
    /// <summary>Nobody takes it on in the first person.</summary>
    NobodyOwns,
    /// <summary>No reply says what happens next.</summary>
    NoNextStep,
    /// <summary>An answer came after it was due.</summary>
    Late,
}

/// <summary>Words, or a whole entry, that a step rests on.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="At">Where the words begin in its text, in UTF-16 units.</param>
/// <param name="Length">Their length; 0 for the whole entry.</param>
public readonly record struct StepEvidence(long Entry, int At, int Length);

/// <summary>One of the five steps, verified from what happened.</summary>
/// <param name="Name">Which.</param>
/// <param name="Met">What happened shows it.</param>
/// <param name="Evidence">What shows that it is met, or that it is not: salt, a late answer.</param>
/// <param name="Gaps">Why it is not met; empty when it is.</param>
public sealed record RecoveryStep(RecoveryStepName Name, bool Met, IReadOnlyList<StepEvidence> Evidence, IReadOnlyList<StepGap> Gaps)
{
    /// <summary>Whether it was missed: it could have been seen, and was not there.</summary>
    public bool Missed => !Met && !Gaps.Contains(StepGap.NotYet) && !Gaps.Contains(StepGap.NotRead);
}
