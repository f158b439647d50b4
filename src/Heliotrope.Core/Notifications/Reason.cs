namespace Heliotrope.Core.Notifications;

/// <summary>Why somebody is told of something. Each has words that begin with "because", and an off switch of its own.</summary>
public enum Reason
{
    /// <summary>Somebody gave them the conversation.</summary>
    Assigned,

    /// <summary>The customer wrote in a conversation that is theirs.</summary>
    Answered,

    /// <summary>A colleague named them in a note.</summary>
    Mentioned,

    /// <summary>A colleague noted or answered something, or the customer wrote, in a conversation that they follow.</summary>
    Followed,

    /// <summary>A promise of theirs is due soon.</summary>
    PromiseSoon,

    /// <summary>A promise is at risk: theirs, or one of their team that they lead.</summary>
    PromiseAtRisk,

    /// <summary>A promise was broken: theirs, or one of their team that they lead.</summary>
    PromiseBroken,

    /// <summary>A reply of theirs could not be sent, or came back.</summary>
    NotSent,

    /// <summary>A reply of theirs that was to be sent later was held back.</summary>
    HeldBack,

    /// <summary>A rule says so.</summary>
    Rule,

    /// <summary>A customer of theirs said no in the confidence check.</summary>
    SaidNo,

    /// <summary>A conversation waits past its target, and nobody has it.</summary>
    Unassigned,

    /// <summary>Somebody tells of a hard time, and nobody who is trained for it is there.</summary>
    LifeEvent,

    /// <summary>Something automatic reached a customer in a hard time, or something was charged after everything was cancelled.</summary>
    LifeEventSlip,
}

/// <summary>Where somebody is told.</summary>
/// <param name="Bell">At the bell of the desk, and by the browser where they allowed that.</param>
/// <param name="Mail">By mail.</param>
public readonly record struct Told(bool Bell, bool Mail)
{
    /// <summary>Neither way.</summary>
    public static readonly Told Nowhere = new(false, false);

    /// <summary>What holds until a person chooses: all at the bell, and by mail what somebody waits for.</summary>
    /// <param name="reason">Why they would be told.</param>
    public static Told Usually(Reason reason) => new(Bell: true, Mail: reason is not (Reason.Followed or Reason.PromiseSoon or Reason.Rule or Reason.Unassigned));
}
