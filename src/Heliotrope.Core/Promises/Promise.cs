using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Promises;

/// <summary>What became of a promise (docs/method.md, A3).</summary>
public enum PromiseState
{
    /// <summary>Not done yet, and not due yet.</summary>
    Open,
    /// <summary>Done clearly before it was due: on an earlier day, or where a time was said at least a working hour before it.</summary>
    KeptEarly,
    /// <summary>Done when it was due.</summary>
    Kept,
    /// <summary>The customer was told of another time before it was due; another promise stands in its place.</summary>
    Renegotiated,
    /// <summary>Not done when it was due, whatever was done later.</summary>
    Broken,
}

/// <summary>Something we told a customer we would do, by when, and who does it. Nothing but these rules ends one: no thanks, no other owner, no closed conversation.</summary>
public sealed class Promise
{
    /// <summary>The longest words of a promise, in characters.</summary>
    public const int MaxText = 500;

    /// <summary>So much of the time is left when its owner is reminded, unless half of the whole is less.</summary>
    private static readonly TimeSpan ReminderAhead = TimeSpan.FromHours(8);

    /// <summary>So much of the time is left when it is at risk, unless a quarter of the whole is less.</summary>
    private static readonly TimeSpan RiskAhead = TimeSpan.FromHours(2);

    private static readonly TimeSpan Early = TimeSpan.FromHours(1);

    private Promise() => Text = "";

    /// <summary>Its id.</summary>
    public long Id { get; private set; }

    /// <summary>The conversation in which it was made.</summary>
    public long ConversationNumber { get; private set; }

    /// <summary>The customer it was made to.</summary>
    public long CustomerId { get; private set; }

    /// <summary>Goes with its conversation to somebody else: two people became one, or one became two.</summary>
    /// <param name="customer">Whose it is from now on.</param>
    public void GoTo(long customer) => CustomerId = customer;

    /// <summary>The message of ours that says it; null when it was said elsewhere, such as on the phone.</summary>
    public long? EntryId { get; private set; }

    /// <summary>What is promised, in the words in which it was said.</summary>
    public string Text { get; private set; }

    /// <summary>What kind of thing is promised.</summary>
    public Deed Deed { get; private set; }

    /// <summary>After this instant it is broken (UTC).</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Only a day was said; <see cref="DueAt"/> is the end of our work on it.</summary>
    public bool DayOnly { get; private set; }

    /// <summary>Who does it.</summary>
    public long OwnerId { get; private set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>When its owner is reminded (UTC).</summary>
    public DateTimeOffset RemindAt { get; private set; }

    /// <summary>From when on it is at risk (UTC).</summary>
    public DateTimeOffset RiskAt { get; private set; }

    /// <summary>What became of it.</summary>
    public PromiseState State { get; private set; }

    /// <summary>When it was kept, renegotiated or broken (UTC); null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When it was done (UTC), for a broken one too; null while it is not.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>The promise that it stands in the place of; null for most.</summary>
    public long? FollowsId { get; private set; }

    /// <summary>Its owner has been reminded.</summary>
    public bool Reminded { get; private set; }

    /// <summary>Others have heard that it is at risk.</summary>
    public bool RiskSaid { get; private set; }

    /// <summary>Goes up with every change, so that of two at once one is made.</summary>
    public int Version { get; private set; }

    /// <summary>Makes a promise.</summary>
    /// <param name="about">Where, to whom and by whom.</param>
    /// <param name="said">What and by when.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="hours">When we work.</param>
    /// <returns>The promise; refused with <c>promise.empty</c>, <c>promise.too-long</c> or <c>promise.past</c>.</returns>
    public static Result<Promise> Make(PromisePlace about, PromiseSaid said, DateTimeOffset now, WorkingHours hours)
    {
        var text = string.Join(' ', said.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length is 0 or > MaxText)
        {
            return text.Length == 0
                ? Refusal.Invalid("promise.empty", "A promise says what we will do.", "text")
                : Refusal.Invalid("promise.too-long", $"A promise has at most {MaxText} characters.", "text");
        }

        if (said.DueAt <= now)
        {
            return Refusal.Invalid("promise.past", "A promise is due at a time to come.", "due");
        }

        var whole = hours.Between(now, said.DueAt);
        return new Promise
        {
            ConversationNumber = about.Conversation,
            CustomerId = about.Customer,
            EntryId = about.Entry,
            OwnerId = about.Owner,
            Text = text,
            Deed = said.Deed,
            DueAt = said.DueAt,
            DayOnly = said.DayOnly,
            MadeAt = now,
            RemindAt = hours.Add(now, whole - Lesser(whole / 2, ReminderAhead)),
            RiskAt = hours.Add(now, whole - Lesser(whole / 4, RiskAhead)),
        };
    }

    /// <summary>It is done. After it was due it stays broken, with the time at which it was done.</summary>
    /// <param name="now">When (UTC).</param>
    /// <param name="hours">When we work.</param>
    /// <returns>Null, or a refusal: it was done before or another one stands in its place (<c>promise.ended</c>).</returns>
    public Refusal? Keep(DateTimeOffset now, WorkingHours hours)
    {
        if (State is PromiseState.Broken && DoneAt is null)
        {
            (DoneAt, Version) = (now, Version + 1);
            return null;
        }

        if (State is not PromiseState.Open)
        {
            return Ended;
        }

        End(now > DueAt ? PromiseState.Broken : IsEarly(now, hours) ? PromiseState.KeptEarly : PromiseState.Kept, now > DueAt ? DueAt : now);
        DoneAt = now;
        return null;
    }

    /// <summary>The customer was told of another time, before this one came.</summary>
    /// <param name="said">What is promised instead.</param>
    /// <param name="entry">The message that tells them; null when they were told elsewhere.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="hours">When we work.</param>
    /// <returns>The promise in its place; refused as a new one is, with <c>promise.ended</c>, or with <c>promise.overdue</c>: they were not told before.</returns>
    public Result<Promise> Renegotiate(PromiseSaid said, long? entry, DateTimeOffset now, WorkingHours hours)
    {
        if (State is not PromiseState.Open)
        {
            return Ended;
        }

        if (now > DueAt)
        {
            return new Refusal(RefusalKind.Conflict, "promise.overdue", "It was due already: what comes now is a new promise, and this one is broken.");
        }

        var next = Make(new(ConversationNumber, CustomerId, OwnerId, entry), said, now, hours);
        if (next.Refusal is null)
        {
            next.Value.FollowsId = Id;
            End(PromiseState.Renegotiated, now);
        }

        return next;
    }

    /// <summary>The time has passed.</summary>
    /// <param name="now">Now (UTC).</param>
    /// <returns>Whether that broke it.</returns>
    public bool Lapse(DateTimeOffset now)
    {
        if (State is not PromiseState.Open || now <= DueAt)
        {
            return false;
        }

        End(PromiseState.Broken, DueAt);
        return true;
    }

    /// <summary>Whether its owner is to be reminded now; that is asked once.</summary>
    /// <param name="now">Now (UTC).</param>
    public bool Remind(DateTimeOffset now) => State is PromiseState.Open && !Reminded && now >= RemindAt && (Reminded = Changed());

    /// <summary>Whether others are to hear now that it is at risk; that is asked once.</summary>
    /// <param name="now">Now (UTC).</param>
    public bool SayRisk(DateTimeOffset now) => State is PromiseState.Open && !RiskSaid && now >= RiskAt && (RiskSaid = Changed());

    /// <summary>Somebody else does it from now on.</summary>
    /// <param name="owner">Who.</param>
    public void PassTo(long owner)
    {
        if (owner != OwnerId)
        {
            (OwnerId, Reminded, Version) = (owner, false, Version + 1); // whoever has it now has not been reminded
        }
    }

    private static Refusal Ended => new(RefusalKind.Conflict, "promise.ended", "This promise has ended.");

    private static TimeSpan Lesser(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private bool IsEarly(DateTimeOffset at, WorkingHours hours)
    {
        if (!DayOnly)
        {
            return hours.Between(at, DueAt) >= Early;
        }

        return hours.Clock(at).Date < hours.Clock(DueAt).Date;
    }

    private void End(PromiseState state, DateTimeOffset at) => (State, EndedAt, Version) = (state, at, Version + 1);

    private bool Changed()
    {
        Version++;
        return true;
    }
}

/// <summary>Where, to whom and by whom a promise is made.</summary>
/// <param name="Conversation">The conversation's number.</param>
/// <param name="Customer">The customer's id.</param>
/// <param name="Owner">The user who does it.</param>
/// <param name="Entry">The message that says it; null when it was said elsewhere.</param>
public sealed record PromisePlace(long Conversation, long Customer, long Owner, long? Entry = null);

/// <summary>What is promised and by when.</summary>
/// <param name="Text">What, in the words in which it is said.</param>
/// <param name="DueAt">By when (UTC).</param>
/// <param name="DayOnly">Only a day was said; <paramref name="DueAt"/> is the end of our work on it.</param>
/// <param name="Deed">What kind of thing.</param>
public sealed record PromiseSaid(string Text, DateTimeOffset DueAt, bool DayOnly, Deed Deed);
