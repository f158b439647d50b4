using Heliotrope.Core.Reading;

namespace Heliotrope.Core.LifeEvents;

/// <summary>How a life event stands.</summary>
public enum LifeEventState
{
    /// <summary>Other rules hold for this customer.</summary>
    Open,
    /// <summary>What could be done is done; it is checked again later.</summary>
    Closed,
    /// <summary>Nothing of the kind happened after all.</summary>
    Dropped,
}

/// <summary>What happened in a customer's life, what we did about it, and whether it held (docs/method.md, C7).</summary>
public sealed class CustomerLifeEvent
{
    /// <summary>The longest note to a step, in characters.</summary>
    public const int MaxNote = 500;

    /// <summary>The longest list of what was cancelled, in characters.</summary>
    public const int MaxWhat = 4_000;

    /// <summary>More people than this look after nobody's affairs.</summary>
    public const int MostContacts = 10;

    /// <summary>So long after it was closed nothing automatic is sent, and then it is checked for the last time.</summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromDays(14);

    /// <summary>How often it is checked while it is open.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromDays(1);

    private readonly List<TakenStep> _steps = [];
    private readonly List<FamilyContact> _contacts = [];

    private CustomerLifeEvent() => (OpenedBy, CancelledBy, CancelledWhat, ProofAskedBy, ProofReceivedBy, ClosedBy) = ("", "", "", "", "", "");

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>Whose life it is about.</summary>
    public long CustomerId { get; private set; }

    /// <summary>The conversation in which it was told; null when a colleague heard of it elsewhere.</summary>
    public long? ConversationNumber { get; private set; }

    /// <summary>What happened.</summary>
    public LifeEvent Kind { get; private set; }

    /// <summary>How it stands.</summary>
    public LifeEventState State { get; private set; }

    /// <summary>Since when other rules hold (UTC).</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Who began it; empty where it was read in what they wrote.</summary>
    public string OpenedBy { get; private set; }

    /// <summary>The colleague who began it; null where it was read.</summary>
    public long? OwnerId { get; private set; }

    /// <summary>When everything was cancelled (UTC); null while it was not.</summary>
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Who cancelled: a colleague, or whoever looks after their affairs.</summary>
    public string CancelledBy { get; private set; }

    /// <summary>What they had then, one thing a line; empty when we knew of nothing.</summary>
    public string CancelledWhat { get; private set; }

    /// <summary>When a proof was asked for (UTC); null when none was.</summary>
    public DateTimeOffset? ProofAskedAt { get; private set; }

    /// <summary>Who asked for it.</summary>
    public string ProofAskedBy { get; private set; }

    /// <summary>When it was received (UTC); null while it was not.</summary>
    public DateTimeOffset? ProofReceivedAt { get; private set; }

    /// <summary>Who received it.</summary>
    public string ProofReceivedBy { get; private set; }

    /// <summary>When it ended (UTC); null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Who ended it; empty where a reading did that was put right.</summary>
    public string ClosedBy { get; private set; }

    /// <summary>When it is checked next by itself (UTC); null when no more.</summary>
    public DateTimeOffset? CheckAt { get; private set; }

    /// <summary>When it was last checked by itself or at its closing (UTC); null for never.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>How many things had slipped through when it was last checked.</summary>
    public int Slips { get; private set; }

    /// <summary>Goes up with every change.</summary>
    public int Version { get; private set; }

    /// <summary>What people say that they did; only when loaded.</summary>
    public IReadOnlyList<TakenStep> Steps => _steps;

    /// <summary>Who looks after their affairs; only when loaded.</summary>
    public IReadOnlyList<FamilyContact> Contacts => _contacts;

    /// <summary>Begins one.</summary>
    /// <param name="customer">Whose life it is about.</param>
    /// <param name="conversation">Where it was told; null for nowhere here.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="by">Who begins it; empty where it was read.</param>
    /// <param name="owner">The colleague who begins it; null where it was read.</param>
    /// <param name="at">When (UTC).</param>
    public static CustomerLifeEvent Open(long customer, long? conversation, LifeEvent kind, string by, long? owner, DateTimeOffset at) => new()
    {
        CustomerId = customer,
        ConversationNumber = conversation,
        Kind = kind,
        OpenedBy = by,
        OwnerId = owner,
        OpenedAt = at,
        CheckAt = at + CheckEvery,
    };

    /// <summary>Whether surveys and automatic mail are stopped at an instant: while it is open, until it was checked for the last time, and for good where somebody died and everything was cancelled.</summary>
    /// <param name="now">The instant (UTC).</param>
    public bool StopsAt(DateTimeOffset now) => State switch
    {
        LifeEventState.Open => true,
        LifeEventState.Dropped => false,
        _ => ClosedAt > now - Aftermath || IsForGood,
    };

    /// <summary>Whether nothing automatic is ever sent again.</summary>
    public bool IsForGood => Kind is LifeEvent.Bereavement && CancelledAt is not null && State is not LifeEventState.Dropped;

    /// <summary>It is told again in a conversation; where it was told nowhere yet, that is its own.</summary>
    /// <param name="conversation">The conversation.</param>
    public void Tell(long conversation)
    {
        ConversationNumber ??= conversation;
        Version++;
    }

    /// <summary>It was something else that happened.</summary>
    /// <param name="kind">What.</param>
    public void Become(LifeEvent kind)
    {
        Kind = kind;
        Version++;
    }

    /// <summary>Everything is cancelled, in one step; saying it twice changes nothing.</summary>
    /// <param name="by">Who cancels.</param>
    /// <param name="what">What they have, one thing a line.</param>
    /// <param name="at">When (UTC).</param>
    /// <returns>Whether it is new.</returns>
    public bool Cancel(string by, string what, DateTimeOffset at)
    {
        if (CancelledAt is not null || State is LifeEventState.Dropped)
        {
            return false;
        }

        (CancelledAt, CancelledBy, CancelledWhat) = (at, by, what.Length > MaxWhat ? what[..MaxWhat] : what);
        Version++;
        return true;
    }

    /// <summary>Asks for the only proof that the account's safety needs: once.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="at">When (UTC).</param>
    /// <returns>The refusal: it was asked for already; null when noted.</returns>
    public Refusal? AskProof(string by, DateTimeOffset at)
    {
        if (ProofAskedAt is not null)
        {
            return new(RefusalKind.Conflict, "life-event.proof-asked", "A proof was asked for already. It is asked once.");
        }

        (ProofAskedAt, ProofAskedBy) = (at, by);
        Version++;
        return null;
    }

    /// <summary>Does a step that a person says was done, or says more about it.</summary>
    /// <param name="step">Which.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="note">In their words; may be empty.</param>
    /// <param name="at">When (UTC).</param>
    /// <returns>The refusal; null when noted.</returns>
    public Refusal? Take(LifeStep step, string by, string note, DateTimeOffset at)
    {
        if (State is LifeEventState.Dropped)
        {
            return Ended;
        }

        if (!LifeSteps.IsSaid(step))
        {
            return Refusal.Invalid("life-event.step", "This step is seen by itself, and nobody says it.", "step");
        }

        if (step is LifeStep.Proof)
        {
            if (ProofAskedAt is null)
            {
                return new(RefusalKind.Conflict, "life-event.proof-unasked", "No proof was asked for.");
            }

            (ProofReceivedAt, ProofReceivedBy) = (ProofReceivedAt ?? at, ProofReceivedAt is null ? by : ProofReceivedBy);
        }

        if (_steps.Find(taken => taken.Step == step) is { } again)
        {
            again.Note = note.Length > 0 ? note : again.Note;
        }
        else
        {
            _steps.Add(new() { LifeEventId = Id, Step = step, ByName = by, Note = note, At = at });
        }

        Version++;
        return null;
    }

    /// <summary>Somebody looks after their affairs.</summary>
    /// <param name="contact">Who.</param>
    /// <returns>The refusal; null when noted. Somebody with the same address is the same person.</returns>
    public Refusal? Add(FamilyContact contact)
    {
        if (_contacts.Find(known => known.Address == contact.Address && contact.Address.Length > 0) is { } same)
        {
            (same.Name, same.Relation) = (contact.Name, contact.Relation);
        }
        else if (_contacts.Count >= MostContacts)
        {
            return new(RefusalKind.Conflict, "life-event.contacts", $"There are {MostContacts} contacts already.");
        }
        else
        {
            _contacts.Add(contact);
        }

        Version++;
        return null;
    }

    /// <summary>What could be done is done.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="at">When (UTC).</param>
    /// <returns>The refusal: it has ended already; null when done.</returns>
    public Refusal? Close(string by, DateTimeOffset at)
    {
        if (State is not LifeEventState.Open)
        {
            return Ended;
        }

        (State, ClosedAt, ClosedBy, CheckAt) = (LifeEventState.Closed, at, by, at + Aftermath);
        Version++;
        return null;
    }

    /// <summary>Nothing of the kind happened, also where somebody has closed it since: it stops nothing any more.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="at">When (UTC).</param>
    /// <returns>The refusal: that was said already; null when done.</returns>
    public Refusal? Drop(string by, DateTimeOffset at)
    {
        if (State is LifeEventState.Dropped)
        {
            return Ended;
        }

        (State, ClosedAt, ClosedBy, CheckAt) = (LifeEventState.Dropped, at, by, null);
        Version++;
        return null;
    }

    /// <summary>It was not told in a conversation after all; what somebody knows of it stays.</summary>
    public void Untell()
    {
        ConversationNumber = null;
        Version++;
    }

    /// <summary>It was checked whether anything slipped through.</summary>
    /// <param name="slips">How many things did since it began.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>How many of them are new.</returns>
    public int Check(int slips, DateTimeOffset now)
    {
        var before = Slips;
        (Slips, CheckedAt) = (slips, now);
        CheckAt = State is LifeEventState.Open ? now + CheckEvery : CheckAt > now ? CheckAt : null;
        Version++;
        return Math.Max(0, slips - before);
    }

    /// <summary>Belongs to somebody else from now on: two people became one, or one became two.</summary>
    /// <param name="customer">Whose it is.</param>
    public void GoTo(long customer) => CustomerId = customer;

    /// <summary>Takes over what was done about the same event of somebody who turned out to be the same person.</summary>
    /// <param name="other">Theirs, with its steps and contacts loaded; nothing is left of it.</param>
    public void TakeOver(CustomerLifeEvent other)
    {
        if (other.OpenedAt < OpenedAt)
        {
            (OpenedAt, OpenedBy) = (other.OpenedAt, other.OpenedBy);
        }

        ConversationNumber ??= other.ConversationNumber;
        OwnerId ??= other.OwnerId;
        if (other.CancelledAt is { } cancelled && (CancelledAt is null || cancelled < CancelledAt))
        {
            (CancelledAt, CancelledBy, CancelledWhat) = (cancelled, other.CancelledBy, other.CancelledWhat);
        }

        (ProofAskedAt, ProofAskedBy) = ProofAskedAt is null ? (other.ProofAskedAt, other.ProofAskedBy) : (ProofAskedAt, ProofAskedBy);
        (ProofReceivedAt, ProofReceivedBy) = ProofReceivedAt is null ? (other.ProofReceivedAt, other.ProofReceivedBy) : (ProofReceivedAt, ProofReceivedBy);
        foreach (var step in other._steps.Where(step => !_steps.Exists(own => own.Step == step.Step)))
        {
            _steps.Add(new() { LifeEventId = Id, Step = step.Step, ByName = step.ByName, Note = step.Note, At = step.At });
        }

        foreach (var contact in other._contacts.ToList())
        {
            other._contacts.Remove(contact);
            contact.LifeEventId = Id;
            _contacts.Add(contact);
        }

        Version++;
    }

    private static readonly Refusal Ended = new(RefusalKind.Conflict, "life-event.ended", "This life event has ended already.");
}
