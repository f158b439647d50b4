using System.Text;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;

namespace Heliotrope.Core.Conversations;

/// <summary>Whose turn it is.</summary>
public enum ConversationState
{
    /// <summary>The customer waits for us.</summary>
    Open,
    /// <summary>We answered and wait for the customer.</summary>
    Waiting,
    /// <summary>Put off until a date.</summary>
    Snoozed,
    /// <summary>We believe that it is resolved.</summary>
    Resolved,
    /// <summary>The customer says that it is resolved and would go through it again.</summary>
    Confirmed,
}

/// <summary>Where a conversation takes place.</summary>
public enum Channel
{
    /// <summary>By mail.</summary>
    Mail,
}

/// <summary>What lifts a conversation above the order of waiting.</summary>
public enum Attention
{
    /// <summary>Nothing: who waits longest comes first.</summary>
    Usual,
    /// <summary>The customer asked for a person.</summary>
    AskedForPerson,
    /// <summary>The customer told us that it is not resolved, or that they would not go through it again.</summary>
    SaidNo,
}

/// <summary>Everything said and done about one customer's matter.</summary>
public sealed class Conversation
{
    /// <summary>The longest reply or note, in characters: longer text is a paste by mistake.</summary>
    public const int MaxText = 100_000;

    private readonly List<Entry> _entries = [];

    private Conversation() => (Subject, OurAddress) = ("", "");

    /// <summary>The number that people call it by. Knowing it gives nobody access to anything.</summary>
    public long Number { get; private set; }

    /// <summary>What it is about, in the customer's words.</summary>
    public string Subject { get; private set; }

    /// <summary>Whose turn it is.</summary>
    public ConversationState State { get; private set; }

    /// <summary>Where it takes place.</summary>
    public Channel Channel { get; private set; }

    /// <summary>The customer's id.</summary>
    public long CustomerId { get; private set; }

    /// <summary>The customer; null when not loaded.</summary>
    public Customer? Customer { get; private set; }

    /// <summary>The user who answers for it; null while nobody does.</summary>
    public long? AssigneeId { get; private set; }

    /// <summary>Our address that the customer wrote to.</summary>
    public string OurAddress { get; private set; }

    /// <summary>What lifts it above the order of waiting.</summary>
    public Attention Attention { get; private set; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When anything last happened (UTC).</summary>
    public DateTimeOffset LastActivityAt { get; private set; }

    /// <summary>Since when the customer waits for a word from us (UTC); null when they don't.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    /// <summary>When a person of ours last answered, or had the customer asked whether it is resolved (UTC); null while nobody has answered.</summary>
    public DateTimeOffset? LastAnswerAt { get; private set; }

    /// <summary>When the clock started (UTC).</summary>
    public DateTimeOffset? HappinessStartedAt { get; private set; }

    /// <summary>When the clock stopped (UTC).</summary>
    public DateTimeOffset? HappinessEndedAt { get; private set; }

    /// <summary>How it ended.</summary>
    public HappinessEnd? HappinessEnd { get; private set; }

    /// <summary>The newest message's new words, shortened to one line for lists.</summary>
    public string Preview { get; private set; } = "";

    /// <summary>Goes up with every change, so that of two changes at once the second is made on what the first one left.</summary>
    public int Version { get; private set; }

    /// <summary>The entries, oldest first; only those loaded or added.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>The speed-to-happiness clock.</summary>
    public HappinessClock Clock => new(HappinessStartedAt, HappinessEndedAt, HappinessEnd);

    /// <summary>We or the customer hold that nothing is left to do.</summary>
    public bool IsResolved => State is ConversationState.Resolved or ConversationState.Confirmed;

    /// <summary>Begins a conversation; <see cref="Receive"/> gives it its first message.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="subject">The subject; may be empty.</param>
    /// <param name="ourAddress">Our address that they wrote to.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The conversation.</returns>
    public static Conversation Begin(Customer customer, string subject, string ourAddress, DateTimeOffset now) => new()
    {
        Customer = customer,
        Subject = subject,
        OurAddress = ourAddress,
        Channel = Channel.Mail,
        State = ConversationState.Open,
        CreatedAt = now,
        LastActivityAt = now,
    };

    /// <summary>Takes in a message. Thanks without a question leaves a resolved conversation resolved; anything else opens it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">When we received it (UTC).</param>
    /// <returns>The entry made of it.</returns>
    public Entry Receive(InboundMessage message, DateTimeOffset now)
    {
        var first = State is ConversationState.Open && WaitingSince is null;
        var author = message.Machine ? Author.Machine : message.FromCustomer ? Author.Known : Author.SomebodyElse;
        var entry = Add(Entry.Inbound(message, author, now), now);
        if (author is Author.Machine && !first)
        {
            return entry; // An absence notice is no word of the customer's.
        }

        Preview = Shorten(message.Text);
        var closes = author is Author.Known && ThanksReading.ClosesWithThanks(message.Text);
        if (author is Author.Known)
        {
            // Thanks while they wait for us are for what is still to come, such as a second look at what we got wrong.
            Apply(Clock.CustomerWrote(closes, LastAnswerAt is not null && State is not ConversationState.Open, now));
        }

        if (!closes || State is ConversationState.Open)
        {
            if (IsResolved)
            {
                AddEvent(Actor.System, "reopened", message.FromName, now);
            }

            AwaitUs(now);
        }

        return entry;
    }

    /// <summary>Answers the customer.</summary>
    /// <param name="by">Who answers.</param>
    /// <param name="text">The words, in Markdown.</param>
    /// <param name="messageId">The Message-ID the mail will have, fixed before its first try.</param>
    /// <param name="resolve">We believe that this resolves it.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The entry, or a refusal: the text is empty or too long.</returns>
    public Result<Entry> Reply(Actor by, string text, string messageId, bool resolve, DateTimeOffset now)
    {
        if (Words(text, "reply") is { } refusal)
        {
            return refusal;
        }

        var entry = Add(Entry.Outbound(by, text.Trim(), messageId, now), now);
        Preview = Shorten(text);
        LastAnswerAt = now;
        WaitingSince = null;
        Attention = Attention.Usual;
        State = ConversationState.Waiting;
        if (resolve)
        {
            MarkResolved(by, now);
        }

        return entry;
    }

    /// <summary>Says something among colleagues.</summary>
    /// <param name="by">Who says it.</param>
    /// <param name="text">The words, in Markdown.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The entry, or a refusal: the text is empty or too long.</returns>
    public Result<Entry> Note(Actor by, string text, DateTimeOffset now) =>
        Words(text, "note") is { } refusal ? refusal : Add(Entry.Note(by, text.Trim(), now), now);

    /// <summary>Gives it to somebody, or to nobody.</summary>
    /// <param name="by">Who gives it.</param>
    /// <param name="user">To whom; null for nobody.</param>
    /// <param name="userName">Their name; empty for nobody.</param>
    /// <param name="now">When (UTC).</param>
    public void Assign(Actor by, long? user, string userName, DateTimeOffset now)
    {
        if (AssigneeId == user)
        {
            return;
        }

        AssigneeId = user;
        AddEvent(by, user is null ? "unassigned" : "assigned", userName, now);
    }

    /// <summary>We believe that it is resolved.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The conversation, or a refusal: it is resolved already.</returns>
    public Result<Conversation> Resolve(Actor by, DateTimeOffset now)
    {
        if (IsResolved)
        {
            return new Refusal(RefusalKind.Conflict, "conversation.resolved", "This conversation is resolved already.");
        }

        // The customer is asked now, so from now on it is their silence that counts. Whoever never heard from us is not asked.
        LastAnswerAt = LastAnswerAt is null ? null : now;
        MarkResolved(by, now);
        return this;
    }

    /// <summary>There is more to do.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The conversation, or a refusal: it is open already.</returns>
    public Result<Conversation> Reopen(Actor by, DateTimeOffset now)
    {
        if (State is ConversationState.Open)
        {
            return new Refusal(RefusalKind.Conflict, "conversation.open", "This conversation is open already.");
        }

        AddEvent(by, "reopened", by.Name, now);
        AwaitUs(now);
        return this;
    }

    /// <summary>
    /// The customer answered the confidence check, in whatever state the conversation is.
    /// Both yes confirms; a no reopens it on top (docs/method.md, A1).
    /// </summary>
    /// <param name="by">The customer.</param>
    /// <param name="answers">Their answers.</param>
    /// <param name="now">When we received them (UTC).</param>
    public void AnswerConfidence(Actor by, ConfidenceAnswers answers, DateTimeOffset now)
    {
        Apply(Clock.Answered(answers, now));
        if (answers.Confident)
        {
            AddEvent(by, "confirmed", answers.Comment, now);
            State = ConversationState.Confirmed;
            WaitingSince = null;
            Attention = Attention.Usual;
            return;
        }

        AddEvent(by, answers.Resolved ? "not-again" : "not-resolved", answers.Comment, now);
        AwaitUs(now);
        Attention = Attention.SaidNo;
    }

    /// <summary>The customer asked for a person, in one action.</summary>
    /// <param name="by">The customer.</param>
    /// <param name="now">When (UTC).</param>
    public void AskForPerson(Actor by, DateTimeOffset now)
    {
        if (Attention is not Attention.Usual && State is ConversationState.Open)
        {
            return; // They are on top already; asking twice changes nothing.
        }

        AddEvent(by, "asked-for-person", "", now);
        AwaitUs(now);
        Attention = Attention.AskedForPerson;
    }

    /// <summary>The customer has said nothing for the set number of days after our last answer. While they wait for us it is we who are silent.</summary>
    /// <param name="now">When the silence became long enough (UTC).</param>
    public void FallSilent(DateTimeOffset now)
    {
        if (State is not ConversationState.Open && LastAnswerAt is not null)
        {
            Apply(Clock.FellSilent(now));
        }
    }

    /// <summary>Something happened outside that people should see in the conversation, such as mail that could not be sent.</summary>
    /// <param name="code">The event's code.</param>
    /// <param name="detail">What about.</param>
    /// <param name="now">When (UTC).</param>
    public void Record(string code, string detail, DateTimeOffset now) => AddEvent(Actor.System, code, detail, now);

    private void MarkResolved(Actor by, DateTimeOffset now)
    {
        AddEvent(by, "resolved", "", now);
        State = ConversationState.Resolved;
        WaitingSince = null;
        Attention = Attention.Usual;
    }

    private void AwaitUs(DateTimeOffset now)
    {
        State = ConversationState.Open;
        WaitingSince ??= now;
    }

    private void AddEvent(Actor by, string code, string detail, DateTimeOffset now) => Add(Entry.Event(by, code, detail, now), now);

    private Entry Add(Entry entry, DateTimeOffset now)
    {
        _entries.Add(entry);
        LastActivityAt = now > LastActivityAt ? now : LastActivityAt; // a machine's clock can be set back
        Version++;
        return entry;
    }

    private void Apply(HappinessClock clock)
    {
        if (clock == Clock)
        {
            return;
        }

        (HappinessStartedAt, HappinessEndedAt, HappinessEnd) = (clock.StartedAt, clock.EndedAt, clock.End);
        Version++;
    }

    private static Refusal? Words(string text, string what) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Invalid($"{what}.empty", $"The {what} has no words.", "text")
        : text.Length > MaxText ? Refusal.Invalid($"{what}.too-long", $"The {what} has more than {MaxText} characters.", "text")
        : null;

    private static string Shorten(string text)
    {
        const int most = 160;
        var line = new StringBuilder(most + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                if (line.Length + rune.Utf16SequenceLength > most)
                {
                    return line.ToString().TrimEnd() + "…";
                }

                line.Append(rune);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
