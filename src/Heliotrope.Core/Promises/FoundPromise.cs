using Heliotrope.Core.Targets;
using NodaTime;

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

/// <summary>By when something is to be done, on the clock of a zone.</summary>
/// <param name="Date">The day: the last on which it would be kept.</param>
/// <param name="Time">The time of that day; null when only the day was said.</param>
public readonly record struct DueBy(LocalDate Date, LocalTime? Time)
{
    /// <summary>The instant after which it is broken: that time, or where only a day was said the end of our work on it.</summary>
    /// <param name="hours">When we work; its zone is the clock's.</param>
    /// <returns>The time (UTC), never in closed hours.</returns>
    public DateTimeOffset At(WorkingHours hours) => hours.Add(new(Date.ToDateTimeUnspecified(), TimeSpan.Zero), TimeSpan.Zero);
}

/// <summary>A promise in the words of a reply.</summary>
/// <param name="At">Where its words begin, in UTF-16 units.</param>
/// <param name="Length">Their length.</param>
/// <param name="Due">By when; null when it is vague.</param>
/// <param name="Deed">What is promised.</param>
public sealed record FoundPromise(int At, int Length, DueBy? Due, Deed Deed)
{
    /// <summary>How exactly it is said.</summary>
    public Precision Precision => Due is not { } due ? Precision.Vague : due.Time is null ? Precision.Day : Precision.Time;
}

/// <summary>Finds what a reply promises (docs/method.md, A3).</summary>
public static class PromiseFinder
{
    /// <summary>Finds the promises.</summary>
    /// <param name="reply">The words of the reply; quoted lines are not ours.</param>
    /// <param name="now">When it is said (UTC or any offset).</param>
    /// <param name="hours">When we work, and in which zone times are meant.</param>
    /// <returns>The promises, in the order of their words.</returns>
    public static IReadOnlyList<FoundPromise> In(string reply, DateTimeOffset now, WorkingHours hours) => [];
}
