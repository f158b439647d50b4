namespace Heliotrope.Server.Conversations;

/// <summary>The queue: one page of conversations, most pressing first.</summary>
/// <param name="View">Which list this is: open, mine, waiting, resolved, confirmed, all; null for one reached from a figure.</param>
/// <param name="Heading">The words above a list reached from a figure; null for the lists named by <paramref name="View"/>.</param>
/// <param name="Counts">How many are in each named list, as words such as "23" or "999+".</param>
/// <param name="Rows">The conversations of this page.</param>
/// <param name="NextHref">Where the rest continues; null at the end.</param>
/// <param name="FirstVisit">Nothing has ever come in, so the empty state says how mail gets here.</param>
/// <param name="Address">The address customers write to, for the empty state; null when none is set.</param>
/// <param name="Quarantined">Nothing became a conversation, but something came in that could not be read.</param>
public sealed record InboxView(
    string? View, string? Heading, IReadOnlyDictionary<string, string> Counts, IReadOnlyList<InboxRow> Rows,
    string? NextHref = null, bool FirstVisit = false, string? Address = null, bool Quarantined = false);

/// <summary>One conversation in the queue.</summary>
/// <param name="Number">The conversation's number, as in its address.</param>
/// <param name="Customer">The customer's name, or their address when they have none.</param>
/// <param name="Subject">The subject; may be empty.</param>
/// <param name="Reason">Why it stands where it does.</param>
/// <param name="Since">Since when that is so, in UTC.</param>
/// <param name="Assignee">Who has it; null when nobody.</param>
/// <param name="Fresh">Nobody has answered what came last.</param>
/// <param name="Draft">The viewer has begun to write in it.</param>
public sealed record InboxRow(long Number, string Customer, string Subject, RowReason Reason, DateTimeOffset Since, string? Assignee, bool Fresh, bool Draft = false);

/// <summary>Why a conversation stands where it does in the queue, most pressing first.</summary>
public enum RowReason
{
    /// <summary>They told us it is not resolved, or that they would not go through it again.</summary>
    SaidNo,
    /// <summary>They asked for a person on an automated page.</summary>
    AskedForPerson,
    /// <summary>The date came until which it was put off.</summary>
    DateCame,
    /// <summary>A reply of ours could not be sent.</summary>
    NotSent,
    /// <summary>They wrote again after it was resolved.</summary>
    CameBack,
    /// <summary>Nobody has answered yet.</summary>
    NoAnswerYet,
    /// <summary>They answered us.</summary>
    TheyAnswered,
    /// <summary>We answered; it is their turn.</summary>
    TheirTurn,
    /// <summary>It rests until later.</summary>
    Later,
    /// <summary>Resolved by us; they have been asked whether it is.</summary>
    Asked,
    /// <summary>They answered both questions with yes.</summary>
    Confirmed,
    /// <summary>They said thanks.</summary>
    Thanked,
    /// <summary>No word since our last answer.</summary>
    Silent,
}
