using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Figures;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Conversations;

/// <summary>A conversation with everything its page shows, the queue beside it included.</summary>
/// <param name="Number">Its number, as in its address.</param>
/// <param name="Subject">The subject; may be empty.</param>
/// <param name="State">open, waiting, snoozed, resolved or confirmed.</param>
/// <param name="Channel">How it came in: mail today.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="AssigneeId">The id of who has it; null when nobody.</param>
/// <param name="People">Everyone it can be given to.</param>
/// <param name="Entries">Everything said and done, oldest first.</param>
/// <param name="Clock">How long it took to a happy customer, or takes.</param>
/// <param name="Queue">The list it was reached from.</param>
/// <param name="Form">What the composer holds after an answer that could not be taken.</param>
/// <param name="Filing">How it is filed; null where that is not shown.</param>
/// <param name="Writing">What is being written and what is leaving; null for nothing.</param>
public sealed record ConversationView(
    long Number, string Subject, string State, string Channel, CustomerView Customer, string? AssigneeId, IReadOnlyList<PersonChoice> People,
    IReadOnlyList<EntryView> Entries, ClockView Clock, InboxView Queue, FormState? Form = null, FilingView? Filing = null, WritingView? Writing = null)
{
    /// <summary>What was understood of the customer's messages; null while they wrote none.</summary>
    public ReadingDetails? Reading { get; init; }

    /// <summary>What happened in the customer's life, as far as it holds now.</summary>
    public IReadOnlyList<LifeEventDetails> Life { get; init; } = [];

    /// <summary>Recovery, moment and friction.</summary>
    public FiguresDetails Figures { get; init; } = FiguresDetails.None;

    /// <summary>The newest message that whoever has this page has seen; 0 while there is none.</summary>
    public long Newest { get; init; }

    /// <summary>The replies of colleagues that the page shows leaving: their drafts' ids, with spaces between.</summary>
    public string LeavingOfOthers => string.Join(' ', (Writing?.Leaving ?? []).Where(leaving => leaving is { Mine: false, Soon: true }).Select(leaving => leaving.Draft.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The address of somebody else than the customer who is to be answered; empty for nobody.</summary>
    public string Answers { get; init; } = "";

    /// <summary>What the viewer wants to hear of it: follow, mute, or usual.</summary>
    public string Follow { get; init; } = "usual";

    /// <summary>What we promised here, in the order in which it was promised.</summary>
    public IReadOnlyList<PromiseDetails> Promises { get; init; } = [];

    /// <summary>What came before the entries shown; null when nothing did.</summary>
    public FoldedPart? Earlier { get; init; }

    /// <summary>What came after the entries shown; null when they end with the newest.</summary>
    public FoldedPart? Later { get; init; }

    /// <summary>What was looked for in it; null when nothing was.</summary>
    public FoundWithin? Found { get; init; }
}

/// <summary>A colleague a conversation can be given to, or a team or a driver.</summary>
public sealed record PersonChoice(string Id, string Name, bool AtWork = false);

/// <summary>What was said, noted or done.</summary>
/// <param name="Id">The entry's id, as in the address of its HTML.</param>
/// <param name="Kind">Message, note or event.</param>
/// <param name="Inbound">Whether it came to us; only messages do.</param>
/// <param name="Author">Who wrote or did it; the person's own name.</param>
/// <param name="Mine">Whether the viewer wrote it.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Text">The new words as plain text; for an event the sentence itself.</param>
/// <param name="SafeHtml">The words as clean HTML made from our own Markdown; null when the plain text is shown.</param>
/// <param name="Quoted">The part repeated from earlier mails; null when there is none.</param>
/// <param name="HasHtml">Whether the message as sent can be shown in its own frame.</param>
/// <param name="Attachments">The files that came with it.</param>
/// <param name="Delivery">Where an outgoing message is; null for all else.</param>
/// <param name="Machine">Written by a machine (an absence notice, a bounce), so nobody waits for an answer to it.</param>
/// <param name="Remarks">What was odd in the message, in words; empty when nothing was.</param>
/// <param name="DueAt">When the answer that this is was due, in UTC; null when none was.</param>
/// <param name="Cc">Who else got it, as the mail says; empty when nobody.</param>
/// <param name="Bcc">Who got it unseen by the others; for colleagues alone.</param>
/// <param name="Copies">Copies of it that did not simply leave with the rest.</param>
/// <param name="RemotePictures">Whether the message as sent has pictures on the web, which are fetched when somebody asks for them.</param>
public sealed record EntryView(
    long Id, EntryKind Kind, bool Inbound, string Author, bool Mine, DateTimeOffset At, string Text, string? SafeHtml = null, string? Quoted = null,
    bool HasHtml = false, IReadOnlyList<AttachmentView>? Attachments = null, DeliveryView? Delivery = null, bool Machine = false, IReadOnlyList<string>? Remarks = null,
    DateTimeOffset? DueAt = null, string Cc = "", string Bcc = "", IReadOnlyList<CopyView>? Copies = null, bool RemotePictures = false)
{
    /// <summary>Whom it went to instead of the customer; empty for all else.</summary>
    public string ForwardedTo { get; init; } = "";

    /// <summary>Whether it is from whom it says.</summary>
    public SenderProved Proof { get; init; }

    /// <summary>What was found out about that, in the words of mail servers; empty when nobody looked.</summary>
    public string ProofDetail { get; init; } = "";

    /// <summary>The address it says it is from; empty for ours.</summary>
    public string FromAddress { get; init; } = "";

    /// <summary>The address of somebody else than the customer who wrote it; empty for all else.</summary>
    public string FromElsewhere { get; init; } = "";

    /// <summary>A colleague's words to the customer, of which a play can be made.</summary>
    public bool IsReply { get; init; }

    /// <summary>Where more can be read of an event; null for most.</summary>
    public string? Href { get; init; }
}

/// <summary>A copy of a message of ours.</summary>
public sealed record CopyView(string Address, DeliveryView Delivery);

/// <summary>A file that went with a message.</summary>
/// <param name="Id">Its id; the address is /conversations/{number}/attachments/{id}.</param>
/// <param name="Name">The file's name as sent.</param>
/// <param name="Type">The media type as sent.</param>
/// <param name="Size">Bytes, decoded.</param>
/// <param name="Picture">Whether it may be shown as a small picture: its type says so, and it is not among the words already.</param>
public sealed record AttachmentView(long Id, string Name, string Type, long Size, bool Picture = false);

/// <summary>The customer beside a conversation.</summary>
/// <param name="Id">The customer's id.</param>
/// <param name="Name">Their name; null when they gave none.</param>
/// <param name="Email">The address they wrote from.</param>
/// <param name="Language">The language they write, as a name such as "German"; null when unknown.</param>
/// <param name="FirstWroteAt">When they first wrote, in UTC.</param>
/// <param name="Earlier">Their other conversations, newest first.</param>
public sealed record CustomerView(string Id, string? Name, string Email, string? Language, DateTimeOffset FirstWroteAt, IReadOnlyList<EarlierConversation> Earlier)
{
    /// <summary>What became of each promise to them, in the order in which they were made.</summary>
    public IReadOnlyList<PromiseState> Promises { get; init; } = [];

    /// <summary>What is known of them beside what they wrote; null where it is not shown.</summary>
    public CustomerDetails? Known { get; init; }

    /// <summary>What they bought last.</summary>
    public IReadOnlyList<PurchaseDetails> Bought { get; init; } = [];
}

/// <summary>Another conversation of the same customer.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Its subject; may be empty.</param>
/// <param name="At">The last word in it, in UTC.</param>
/// <param name="Ending">confirmed, thanked, silent or unhappy; null while it is open.</param>
public sealed record EarlierConversation(long Number, string Subject, DateTimeOffset At, string? Ending);

/// <summary>The clock from concerned to happy.</summary>
/// <param name="StartedAt">When the first message was received, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null while it runs.</param>
/// <param name="Ending">confirmed, thanked, silent or unhappy; null while it runs.</param>
/// <param name="AskedAt">When the two questions were sent, in UTC; null when not yet.</param>
/// <param name="Resolved">The answer to "is it resolved?"; null without one.</param>
/// <param name="Again">The answer to "would you go through this again?"; null without one.</param>
/// <param name="Comment">What they wrote with their answers; null when nothing.</param>
public sealed record ClockView(
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Ending, DateTimeOffset? AskedAt, bool? Resolved, bool? Again, string? Comment);
