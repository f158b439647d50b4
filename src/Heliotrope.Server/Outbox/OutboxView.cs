namespace Heliotrope.Server.Outbox;

/// <summary>The mail that left, leaves or could not leave.</summary>
/// <param name="Development">No smarthost is set, so nothing leaves: what would have been sent is shown.</param>
/// <param name="Rows">Newest first.</param>
/// <param name="NextHref">Where older ones continue; null at the end.</param>
/// <param name="IsPart">Only those of one mailbox or state are shown.</param>
public sealed record OutboxView(bool Development, IReadOnlyList<OutboxRow> Rows, string? NextHref = null, bool IsPart = false);

/// <summary>One outgoing mail.</summary>
/// <param name="Id">Its id, as in its address.</param>
/// <param name="CreatedAt">When it was written, in UTC.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Delivery">Where it is.</param>
/// <param name="Conversation">The conversation it belongs to; null when none.</param>
public sealed record OutboxRow(long Id, DateTimeOffset CreatedAt, string To, string Subject, DeliveryView Delivery, long? Conversation);

/// <summary>One outgoing mail with its words.</summary>
/// <param name="Row">As in the list.</param>
/// <param name="From">The sender as the recipient sees it.</param>
/// <param name="MessageId">The Message-ID, fixed before the first attempt.</param>
/// <param name="Text">The text part.</param>
/// <param name="HasHtml">Whether /outbox/{id}/html shows an HTML part.</param>
/// <param name="Raw">The bytes as text, for a look at the headers.</param>
/// <param name="Development">No smarthost is set.</param>
public sealed record OutboxMessageView(OutboxRow Row, string From, string MessageId, string Text, bool HasHtml, string Raw, bool Development);

/// <summary>Where an outgoing mail is.</summary>
/// <param name="Id">The mail's id in the outbox.</param>
/// <param name="State">Waiting, sending, sent, failed or in doubt.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was sent or given up, in UTC; null before.</param>
/// <param name="NextAttemptAt">When it is tried next, in UTC; null when it is not.</param>
/// <param name="Problem">What the other side said last; null when nothing went wrong.</param>
public sealed record DeliveryView(long Id, DeliveryState State, int Attempts, DateTimeOffset? At, DateTimeOffset? NextAttemptAt, string? Problem);

/// <summary>How far an outgoing mail has come.</summary>
public enum DeliveryState
{
    /// <summary>Not tried yet, or tried and to be tried again.</summary>
    Waiting,
    /// <summary>An attempt is under way.</summary>
    Sending,
    /// <summary>Accepted by the next server.</summary>
    Sent,
    /// <summary>Refused for good, or given up; a person can send it again.</summary>
    Failed,
    /// <summary>An attempt's answer was never recorded; it went once more with the same identity.</summary>
    InDoubt,
    /// <summary>No smarthost was set when it was written: it stays here until a person sends it.</summary>
    Kept,
    /// <summary>Part of a history that was played in from a file: it never leaves.</summary>
    Replayed,
    /// <summary>Taken back before it left: it never leaves.</summary>
    Withdrawn,
}
