using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Conversations;

namespace Heliotrope.Server.LifeEvents;

/// <summary>A step as it stands.</summary>
/// <param name="Step">answered, cancelled, refunded, returned, card or proof.</param>
/// <param name="Done">Whether it is done.</param>
/// <param name="Seen">Whether Heliotrope saw that itself, so that nobody had to say it.</param>
/// <param name="By">Who says that it was done; empty where nobody had to.</param>
/// <param name="Note">What they said of it; may be empty.</param>
/// <param name="At">When they said so (UTC); null where nobody did.</param>
public sealed record LifeStepDetails(LifeStep Step, bool Done, bool Seen, string By, string Note, DateTimeOffset? At);

/// <summary>That everything was cancelled: subscriptions and deliveries end, and nothing is charged any more.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="By">Who cancelled: a colleague, or whoever looks after their affairs.</param>
/// <param name="What">What they had then, as far as we knew.</param>
public sealed record CancellationDetails(DateTimeOffset At, string By, IReadOnlyList<string> What);

/// <summary>The proof that was asked for; it is asked once.</summary>
/// <param name="AskedAt">When it was asked for (UTC).</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="ReceivedAt">When it was received (UTC); null while it was not.</param>
public sealed record ProofDetails(DateTimeOffset AskedAt, string AskedBy, DateTimeOffset? ReceivedAt);

/// <summary>Whoever looks after their affairs.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Address">The mail address; empty while nobody has said.</param>
/// <param name="Relation">What they are to the customer; may be empty.</param>
public sealed record FamilyContactDetails(long Id, string Name, string Address, string Relation);

/// <summary>What happened in a customer's life, and what was done about it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">bereavement, illness, hardship, disaster or divorce.</param>
/// <param name="State">open, closed or dropped (nothing of the kind happened).</param>
/// <param name="Customer">Whose life it is about.</param>
/// <param name="Conversation">Where it was told; null where a colleague heard of it elsewhere.</param>
/// <param name="OpenedAt">Since when other rules hold (UTC).</param>
/// <param name="OpenedBy">Who began it; empty where it was read in what they wrote.</param>
/// <param name="Owner">Whose it is: who has the conversation, or who began it; null for nobody's.</param>
/// <param name="OwnerTrained">Whether they are trained for it.</param>
/// <param name="Stopped">Whether surveys and automatic mail are stopped now.</param>
/// <param name="Steps">What belongs to it, and what was done.</param>
/// <param name="Cancelled">That everything was cancelled; null while it was not.</param>
/// <param name="Proof">The proof that was asked for; null when none was.</param>
/// <param name="Contacts">Who looks after their affairs.</param>
/// <param name="ClosedAt">When it ended (UTC); null while it is open.</param>
/// <param name="ClosedBy">Who ended it.</param>
/// <param name="CheckedAt">When it was last checked (UTC); null for never.</param>
/// <param name="Slips">How many things had slipped through then.</param>
public sealed record LifeEventDetails(
    long Id, LifeEvent Kind, LifeEventState State, CustomerRef Customer, long? Conversation, DateTimeOffset OpenedAt, string OpenedBy, NamedRef? Owner, bool OwnerTrained, bool Stopped,
    IReadOnlyList<LifeStepDetails> Steps, CancellationDetails? Cancelled, ProofDetails? Proof, IReadOnlyList<FamilyContactDetails> Contacts, DateTimeOffset? ClosedAt, string ClosedBy,
    DateTimeOffset? CheckedAt, int Slips)
{
    /// <summary>What is left to do.</summary>
    internal IEnumerable<LifeStep> Left => Steps.Where(step => !step.Done).Select(step => step.Step);
}

/// <summary>Something that slipped through.</summary>
/// <param name="Kind">mail, billed or delivered.</param>
/// <param name="At">When (UTC).</param>
/// <param name="What">In words: a subject, or what a program called it.</param>
/// <param name="Conversation">Where it can be seen; null for nowhere.</param>
public sealed record SlipDetails(SlipKind Kind, DateTimeOffset At, string What, long? Conversation);

/// <summary>What a look at the outbox and at what programs told says just now.</summary>
/// <param name="Clean">Whether nothing slipped through.</param>
/// <param name="Since">Since when nothing automatic was to be sent (UTC).</param>
/// <param name="CheckedAt">When it was looked at: now (UTC).</param>
/// <param name="Slips">What slipped through, in the order in which it happened.</param>
public sealed record VerificationDetails(bool Clean, DateTimeOffset Since, DateTimeOffset CheckedAt, IReadOnlyList<SlipDetails> Slips);
