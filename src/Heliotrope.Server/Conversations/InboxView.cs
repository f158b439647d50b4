using Heliotrope.Core.Views;

namespace Heliotrope.Server.Conversations;

/// <summary>The queue: one page of conversations, most pressing first.</summary>
/// <param name="View">Which list this is: open, mine, waiting, snoozed, resolved, confirmed, all, spam; null for one reached from a figure.</param>
/// <param name="Heading">The words above a list reached from a figure; null for the lists named by <paramref name="View"/>.</param>
/// <param name="Request">What was asked for, so that what is reached from here keeps the list.</param>
/// <param name="Counts">How many are in each named list, as words such as "23" or "999+".</param>
/// <param name="Rows">The conversations of this page.</param>
/// <param name="NextHref">Where the rest continues; null at the end.</param>
/// <param name="FirstVisit">Nothing has ever come in, so the empty state says how mail gets here.</param>
/// <param name="Address">The address customers write to, for the empty state; null when none is set.</param>
/// <param name="Behind">How many conversations are behind the figure that led here; null for the named lists.</param>
/// <param name="Quarantined">Nothing became a conversation, but something came in that could not be read.</param>
/// <param name="Teams">Every team, and how many of its conversations need a person; empty when there are none.</param>
/// <param name="Only">What makes a named list smaller; empty when it is whole.</param>
/// <param name="Total">How many there are in a list made smaller, as in <paramref name="Counts"/>; null when it is whole.</param>
/// <param name="DemoIsComing">Nothing has come in yet, and the demo company is being loaded.</param>
public sealed record InboxView(
    string? View, string? Heading, QueueRequest Request, IReadOnlyDictionary<string, string> Counts, IReadOnlyList<InboxRow> Rows,
    string? NextHref = null, bool FirstVisit = false, string? Address = null, bool Quarantined = false, int? Behind = null,
    IReadOnlyList<TeamCount>? Teams = null, IReadOnlyList<Narrowing>? Only = null, string? Total = null,
    bool DemoIsComing = false)
{
    /// <summary>What stands first.</summary>
    public ListOrder Order { get; init; }

    /// <summary>Whether the rows are told apart by what is for now, today and later.</summary>
    public bool Grouped { get; init; }

    /// <summary>Where the page before continues; null at the beginning.</summary>
    public string? PreviousHref { get; init; }

    /// <summary>The saved view that this is; null when it is none.</summary>
    public SavedRef? Saved { get; init; }

    /// <summary>A saved view was asked for that is not there any more, or never was for this person.</summary>
    public bool Gone { get; init; }

    /// <summary>What of the list's query could not be understood, or is there no more, in words.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The list as a query, to be saved as a view; null for what no query says.</summary>
    public string? AsQuery { get; init; }

    /// <summary>The saved views in the person's menu.</summary>
    public IReadOnlyList<SavedRef> Views { get; init; } = [];

    /// <summary>The way on from the conversation that is open beside the list; null when none is.</summary>
    public Walk? Walk { get; init; }

    /// <summary>The conversation at, or next behind, the place that somebody comes back to; null when they come from nowhere.</summary>
    public long? Here { get; init; }
}

/// <summary>A saved view.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="MayChange">Whether whoever looks may change it.</param>
public sealed record SavedRef(long Id, string Name, bool MayChange);

/// <summary>The way on from an open conversation.</summary>
/// <param name="NextHref">The one behind it; null at the end.</param>
/// <param name="PreviousHref">The one before it; null at the beginning.</param>
/// <param name="LeftBefore">It has left the list: the number of the one that now stands at its place. Null while it is there, or where its place is on another page.</param>
public sealed record Walk(string? NextHref, string? PreviousHref, long? LeftBefore);

/// <summary>A team, and how many of its conversations need a person.</summary>
public sealed record TeamCount(long Id, string Name, string Open);

/// <summary>One conversation in the queue.</summary>
/// <param name="Number">The conversation's number, as in its address.</param>
/// <param name="Customer">The customer's name, or their address when they have none.</param>
/// <param name="Subject">The subject; may be empty.</param>
/// <param name="Reason">Why it stands where it does.</param>
/// <param name="Since">Since when that is so, in UTC.</param>
/// <param name="Assignee">Who has it; null when nobody.</param>
/// <param name="Fresh">Nobody has answered what came last.</param>
/// <param name="DueAt">When an answer is due, in UTC; null when none is.</param>
/// <param name="Until">Until when it rests, in UTC; null when it does not.</param>
/// <param name="Pressing">Something lifts it above the order of waiting.</param>
/// <param name="Mine">The viewer has it.</param>
/// <param name="Tags">The tags on it; null when there are none.</param>
/// <param name="Demo">It is part of the demo company.</param>
/// <param name="Draft">The viewer has begun to write in it.</param>
public sealed record InboxRow(
    long Number, string Customer, string Subject, RowReason Reason, DateTimeOffset Since, string? Assignee, bool Fresh,
    DateTimeOffset? DueAt = null, DateTimeOffset? Until = null, bool Pressing = false, bool Mine = false, IReadOnlyList<string>? Tags = null, bool Demo = false,
    bool Draft = false)
{
    /// <summary>Where it stands in the list, as addresses have it.</summary>
    public string? Place { get; init; }

    /// <summary>The brand that they wrote to, where there is more than one face; null otherwise.</summary>
    public string? Brand { get; init; }
}

/// <summary>Why a conversation stands where it does in the queue, most pressing first.</summary>
public enum RowReason
{
    /// <summary>They told us it is not resolved, or that they would not go through it again.</summary>
    SaidNo,
    /// <summary>They asked for a person on an automated page.</summary>
    AskedForPerson,
    /// <summary>A reply of ours could not be sent.</summary>
    NotSent,
    /// <summary>The date came until which it was put off.</summary>
    DateCame,
    /// <summary>The time has passed by which an answer was due.</summary>
    Overdue,
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
