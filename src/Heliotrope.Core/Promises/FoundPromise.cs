namespace Heliotrope.Core.Promises;

/// <summary>How exactly it is said when something will be done.</summary>
public enum Precision
{
    /// <summary>By a time of a day.</summary>
    Time,
    /// <summary>On a day.</summary>
    Day,
    /// <summary>At no time that could be kept or missed: "soon", "I'll keep you posted".</summary>
    Vague,
}

/// <summary>What is promised, in kinds whose histories can be compared ("promises like it").</summary>
public enum Deed
{
    /// <summary>Anything else.</summary>
    Other,
    /// <summary>To call.</summary>
    Call,
    /// <summary>To write, to answer, to come back with news.</summary>
    Answer,
    /// <summary>To look into it, to ask a colleague.</summary>
    Check,
    /// <summary>To mend it.</summary>
    Fix,
    /// <summary>To send something out, to deliver, to bring.</summary>
    Send,
    /// <summary>To give money back, to credit, to pay.</summary>
    Refund,
}

/// <summary>A promise in the words of a reply.</summary>
/// <param name="At">Where its words begin, in UTF-16 units.</param>
/// <param name="Length">Their length.</param>
/// <param name="Due">By when; null when it is vague.</param>
/// <param name="Deed">What is promised.</param>
public sealed record FoundPromise(int At, int Length, DueBy? Due, Deed Deed)
{
    /// <summary>Where the words stand that say when, be it "soon", in UTF-16 units; null when none do, or when they stand apart.</summary>
    public (int At, int Length)? When { get; init; }

    /// <summary>How exactly it is said.</summary>
    public Precision Precision => Due is not { } due ? Precision.Vague : due.Time is null ? Precision.Day : Precision.Time;
}
