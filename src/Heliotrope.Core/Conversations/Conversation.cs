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

/// <summary>What lifts a conversation above the order of waiting. The lower number is the more pressing, so that an index gives the queue in order.</summary>
public enum Attention
{
    /// <summary>The customer told us that it is not resolved, or that they would not go through it again.</summary>
    SaidNo = 0,
    /// <summary>The customer asked for a person.</summary>
    AskedForPerson = 10,
    /// <summary>A reply of ours did not reach them.</summary>
    NotSent = 20,
    /// <summary>The date has come until which it was put off.</summary>
    DateCame = 30,
    /// <summary>Nothing: whose answer is due first comes first.</summary>
    Usual = 40,
}

/// <summary>Everything said and done about one customer's matter.</summary>
public sealed partial class Conversation
{
    /// <summary>The longest reply or note, in characters: longer text is a paste by mistake.</summary>
    public const int MaxText = 100_000;

    /// <summary>How long after its last word a resolved matter is over: what comes then is a matter of its own, which follows it.</summary>
    public static readonly TimeSpan LongOver = TimeSpan.FromDays(60);

    /// <summary>The longest subject of ours, in characters.</summary>
    public const int MaxSubject = 500;

    private readonly List<Entry> _entries = [];

    private Conversation() => (Subject, OurAddress, Attention) = ("", "", Attention.Usual);

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

    /// <summary>The team that answers for it; null when none does.</summary>
    public long? TeamId { get; private set; }

    /// <summary>Its driver: why the customer had to contact us (docs/method.md, D1); null while nobody has said.</summary>
    public long? DriverId { get; private set; }

    /// <summary>The conversation that this one follows: it was long over when the customer answered in it. Null for most.</summary>
    public long? FollowsNumber { get; private set; }

    /// <summary>Our address that the customer wrote to.</summary>
    public string OurAddress { get; private set; }

    /// <summary>What lifts it above the order of waiting.</summary>
    public Attention Attention { get; private set; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When anything last happened (UTC).</summary>
    public DateTimeOffset LastActivityAt { get; private set; }

    /// <summary>Since when the customer waits for a word from us (UTC), also while it is put off; null when they don't.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    /// <summary>When the team's target says that an answer is due (UTC); null when no answer is.</summary>
    public DateTimeOffset? AnswerDueAt { get; private set; }

    /// <summary>Until when it is put off (UTC); null when it is not.</summary>
    public DateTimeOffset? SnoozedUntil { get; private set; }

    /// <summary>Nobody's matter: kept in a folder of its own and out of every list and figure.</summary>
    public bool IsSpam { get; private set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; private set; }

    /// <summary>When a person of ours last answered, or had the customer asked whether it is resolved (UTC); null while nobody has answered.</summary>
    public DateTimeOffset? LastAnswerAt { get; private set; }

    /// <summary>Whether our first answer came when it was due, or before; null when it was due at no time, or has not come.</summary>
    public bool? FirstAnswerOnTime { get; private set; }

    /// <summary>How many later answers came when they were due, or before.</summary>
    public int NextAnswersOnTime { get; private set; }

    /// <summary>How many later answers came after they were due.</summary>
    public int NextAnswersLate { get; private set; }

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

    /// <summary>How our answers came.</summary>
    public OnTime Answers => new(FirstAnswerOnTime, NextAnswersOnTime, NextAnswersLate);

    /// <summary>We or the customer hold that nothing is left to do.</summary>
    public bool IsResolved => State is ConversationState.Resolved or ConversationState.Confirmed;

    /// <summary>Whether what the customer writes now is a matter of its own. Thanks never are.</summary>
    /// <param name="words">The new words.</param>
    /// <param name="now">When (UTC).</param>
    public bool IsLongOverFor(string words, DateTimeOffset now) => IsResolved && now - LastActivityAt > LongOver && !ThanksReading.ClosesWithThanks(words);

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

    /// <summary>Begins a conversation with words of ours; <see cref="Reply"/> gives it its first message. The clock waits for the customer's first word.</summary>
    /// <param name="customer">To whom.</param>
    /// <param name="subject">The subject; made one line.</param>
    /// <param name="ourAddress">Our address that we write from; empty for the usual one.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The conversation, or a refusal: it has no subject, or a longer one than anybody reads.</returns>
    public static Result<Conversation> BeginByUs(Customer customer, string subject, string ourAddress, DateTimeOffset now)
    {
        if (CheckSubject(subject) is { } refusal)
        {
            return refusal;
        }

        var conversation = Begin(customer, subject.ReplaceLineEndings(" ").Trim(), ourAddress, now);
        conversation.State = ConversationState.Waiting;
        return conversation;
    }

    /// <summary>Marks it as part of the demo company.</summary>
    public void MarkDemo() => Demo = true;

    /// <summary>Follows one that was long over.</summary>
    /// <param name="earlier">Which.</param>
    public void Follow(Conversation earlier) => FollowsNumber = earlier.Number;

    private void AddEvent(Actor by, string code, string detail, DateTimeOffset now) => Add(Entry.Event(by, code, detail, now), now);

    private Entry Add(Entry entry, DateTimeOffset now)
    {
        _entries.Add(entry);
        LastActivityAt = now > LastActivityAt ? now : LastActivityAt; // a machine's clock can be set back
        Version++;
        return entry;
    }
}
