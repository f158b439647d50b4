using System.Text;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Conversations;

/// <content>What is said: by the customer, by us, and among us.</content>
public sealed partial class Conversation
{
    /// <summary>Takes in a message. Thanks without a question leaves a resolved conversation resolved and a date standing; anything else opens it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">When we received it (UTC).</param>
    /// <param name="rules">When an answer to it is due.</param>
    /// <returns>The entry made of it.</returns>
    public Entry Receive(InboundMessage message, DateTimeOffset now, AnswerRules rules)
    {
        var first = State is ConversationState.Open && WaitingSince is null;
        var author = AuthorOf(message);
        var entry = Add(Entry.Inbound(message, author, now), now);
        if (author is Author.Machine && !first)
        {
            return entry; // An absence notice is no word of the customer's.
        }

        Preview = Shorten(message.Text);
        var closes = author is Author.Known && ThanksReading.ClosesWithThanks(message.Text);
        if (author is Author.Known)
        {
            // Thanks while we have something to do are for what is still to come, such as a second look at what we got wrong.
            Apply(Clock.CustomerWrote(closes, LastAnswerAt is not null && State is not (ConversationState.Open or ConversationState.Snoozed), now));
        }

        if (!closes || State is ConversationState.Open)
        {
            if (IsResolved)
            {
                AddEvent(Actor.System, "reopened", message.FromName, now);
            }

            AwaitUs(now, rules);
        }

        return entry;
    }

    /// <summary>Answers the customer.</summary>
    /// <param name="by">Who answers.</param>
    /// <param name="message">The words, who else gets them, and what goes along.</param>
    /// <param name="messageId">The Message-ID the mail will have, fixed before its first try.</param>
    /// <param name="resolve">We believe that this resolves it.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The entry, or a refusal: the text is empty or too long.</returns>
    public Result<Entry> Reply(Actor by, OutboundMessage message, string messageId, bool resolve, DateTimeOffset now)
    {
        if (CheckReply(message.Text) is { } refusal)
        {
            return refusal;
        }

        var entry = Answer(by, message with { Text = message.Text.Trim() }, messageId, now);
        if (resolve)
        {
            MarkResolved(by, now);
        }

        return entry;
    }

    /// <summary>Asks somebody else about it. The customer hears nothing of it and waits as they did: whose turn it is and when an answer is due stay as they are.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="message">The words, and what goes along.</param>
    /// <param name="to">Whom.</param>
    /// <param name="quoted">What they are shown of the conversation.</param>
    /// <param name="messageId">The Message-ID the mail will have.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The entry, or a refusal: the text is empty or too long.</returns>
    public Result<Entry> Forward(Actor by, OutboundMessage message, IReadOnlyList<Customers.EmailAddress> to, string quoted, string messageId, DateTimeOffset now) =>
        CheckReply(message.Text) is { } refusal ? refusal : Add(Entry.Forward(by, message with { Text = message.Text.Trim() }, to, quoted, messageId, now), now);

    /// <summary>A rule writes to the customer. It is no answer: they wait for a person as before, and nothing that is due is done by it (docs/method.md, A1 and B3).</summary>
    /// <param name="by">The rule.</param>
    /// <param name="text">The words, in Markdown.</param>
    /// <param name="messageId">The Message-ID the mail will have.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The entry, or a refusal: the text is empty or too long, or a merge field was never filled.</returns>
    public Result<Entry> AnswerByRule(Actor by, string text, string messageId, DateTimeOffset now) =>
        CheckReply(text) is { } refusal ? refusal : Add(Entry.Outbound(by, new OutboundMessage(text.Trim()), messageId, dueAt: null, now), now);

    /// <summary>Notes that a rule set in; what it did follows.</summary>
    /// <param name="by">The rule.</param>
    /// <param name="now">When (UTC).</param>
    public void NoteRule(Actor by, DateTimeOffset now) => AddEvent(by, "rule", by.Name, now);

    /// <summary>Says something among colleagues.</summary>
    /// <param name="by">Who says it.</param>
    /// <param name="text">The words, in Markdown.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The entry, or a refusal: the text is empty or too long.</returns>
    public Result<Entry> Note(Actor by, string text, DateTimeOffset now) =>
        Words(text, "note") is { } refusal ? refusal : Add(Entry.Note(by, text.Trim(), now), now);

    /// <summary>
    /// The customer answered the confidence check, in whatever state the conversation is.
    /// Both yes confirms; a no reopens it on top (docs/method.md, A1).
    /// </summary>
    /// <param name="by">The customer.</param>
    /// <param name="answers">Their answers.</param>
    /// <param name="now">When we received them (UTC).</param>
    /// <param name="rules">When an answer to a no is due.</param>
    public void AnswerConfidence(Actor by, ConfidenceAnswers answers, DateTimeOffset now, AnswerRules rules)
    {
        Apply(Clock.Answered(answers, now));
        if (answers.Confident)
        {
            AddEvent(by, "confirmed", answers.Comment, now);
            Rest(ConversationState.Confirmed);
            return;
        }

        AddEvent(by, answers.Resolved ? "not-again" : "not-resolved", answers.Comment, now);
        AwaitUs(now, rules);
        Attention = Attention.SaidNo;
    }

    /// <summary>The customer asked for a person, in one action.</summary>
    /// <param name="by">The customer.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="rules">When a person is due.</param>
    public void AskForPerson(Actor by, DateTimeOffset now, AnswerRules rules)
    {
        if (Attention <= Attention.AskedForPerson && State is ConversationState.Open)
        {
            return; // They are on top already; asking twice changes nothing.
        }

        AddEvent(by, "asked-for-person", "", now);
        AwaitUs(now, rules);
        Attention = Attention.AskedForPerson;
    }

    /// <summary>The customer has said nothing for the set number of days after our last answer. While something is ours to do it is we who are silent.</summary>
    /// <param name="now">When the silence became long enough (UTC).</param>
    public void FallSilent(DateTimeOffset now)
    {
        if (State is not (ConversationState.Open or ConversationState.Snoozed) && LastAnswerAt is not null)
        {
            Apply(Clock.FellSilent(now));
        }
    }

    /// <summary>Something happened outside that people should see in the conversation, such as mail that could not be sent.</summary>
    /// <param name="code">The event's code.</param>
    /// <param name="detail">What about.</param>
    /// <param name="now">When (UTC).</param>
    public void Record(string code, string detail, DateTimeOffset now) => AddEvent(Actor.System, code, detail, now);

    /// <summary>Something went wrong for the customer: from now on their confidence is to be restored (docs/method.md, A2).</summary>
    /// <param name="by">Who noticed: a colleague, or the reading.</param>
    /// <param name="now">When (UTC).</param>
    public void OpenRecovery(Actor by, DateTimeOffset now) => AddEvent(by, "recovery-opened", "", now);

    /// <summary>Nothing had gone wrong after all.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="now">When (UTC).</param>
    public void DropRecovery(Actor by, DateTimeOffset now) => AddEvent(by, "recovery-dropped", "", now);

    /// <summary>The customer has not said for the set number of days whether they are confident. It does not make the conversation newer.</summary>
    /// <param name="at">When that was long enough (UTC).</param>
    public void LoseRecovery(DateTimeOffset at)
    {
        _entries.Add(Entry.Event(Actor.System, "recovery-lost", "", at));
        Version++;
    }

    /// <summary>Writes down what was fixed.</summary>
    /// <param name="by">Who fixed it.</param>
    /// <param name="what">What.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The conversation, or a refusal: the words are none or too many.</returns>
    public Result<Conversation> Fix(Actor by, string what, DateTimeOffset now)
    {
        var words = string.Join(' ', what.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length is 0 or > Recovery.RecoveryCourse.MaxFix)
        {
            return Refusal.Invalid("fix.malformed", $"What was fixed has 1 to {Recovery.RecoveryCourse.MaxFix} characters.", "fix");
        }

        AddEvent(by, "fixed", words, now);
        return this;
    }

    /// <summary>Says who else caused it, such as a carrier. It stays ours to own.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="cause">Who; empty for nobody.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The conversation, or a refusal: the name is too long.</returns>
    public Result<Conversation> NameOutsideCause(Actor by, string cause, DateTimeOffset now)
    {
        var name = string.Join(' ', cause.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length > Recovery.RecoveryCourse.MaxCause)
        {
            return Refusal.Invalid("outside-cause.malformed", $"An outside cause has at most {Recovery.RecoveryCourse.MaxCause} characters.", "outsideCause");
        }

        AddEvent(by, name.Length == 0 ? "outside-cause-none" : "outside-cause", name, now);
        return this;
    }

    /// <summary>Somebody did something that people should see in the conversation, and that is kept elsewhere.</summary>
    /// <param name="by">Who did it.</param>
    /// <param name="code">The event's code.</param>
    /// <param name="detail">What about.</param>
    /// <param name="now">When (UTC).</param>
    public void Record(Actor by, string code, string detail, DateTimeOffset now) => AddEvent(by, code, detail, now);

    private Entry Answer(Actor by, OutboundMessage message, string? messageId, DateTimeOffset now, long? rawMail = null)
    {
        var entry = Add(Entry.Outbound(by, message, messageId, AnswerDueAt, now, rawMail), now);
        Preview = Shorten(message.Text);
        (FirstAnswerOnTime, NextAnswersOnTime, NextAnswersLate) = Answers.With(isFirst: LastAnswerAt is null, now, AnswerDueAt);
        LastAnswerAt = now;
        WaitingSince = null;
        AnswerDueAt = null;
        Attention = Attention.Usual;
        State = State is ConversationState.Snoozed ? State : ConversationState.Waiting; // a date stands until it comes or the matter is resolved
        return entry;
    }

    private static Author AuthorOf(InboundMessage message) => message.Machine ? Author.Machine : message.FromCustomer ? Author.Known : Author.SomebodyElse;

    private void AwaitUs(DateTimeOffset now, AnswerRules rules)
    {
        State = ConversationState.Open;
        SnoozedUntil = null;
        WaitingSince ??= now;
        Retarget(rules);
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

    /// <summary>What keeps these words from being a reply: there are none, more than <see cref="MaxText"/> characters, or a merge field that nothing filled (docs/method.md, A5).</summary>
    /// <param name="text">The words.</param>
    /// <returns>The refusal; null when they may be sent.</returns>
    public static Refusal? CheckReply(string text) => Words(text, "reply") ?? Unfilled(text, "text");

    /// <summary>What keeps these words from being a subject of ours: there are none, more than <see cref="MaxSubject"/> characters, or a merge field that nothing filled.</summary>
    /// <param name="subject">The words.</param>
    /// <returns>The refusal; null when they may be sent.</returns>
    public static Refusal? CheckSubject(string subject) =>
        string.IsNullOrWhiteSpace(subject) || subject.Length > MaxSubject
            ? Refusal.Invalid("subject.malformed", $"A subject has 1 to {MaxSubject} characters.", "subject")
            : Unfilled(subject, "subject");

    private static Refusal? Unfilled(string text, string field) => MergeFields.Find(text) is [var first, ..] && text.Substring(first.At, first.Length) is var unfilled
        ? new(RefusalKind.Conflict, "reply.merge-field", $"{unfilled} was never filled in, so this is not sent.", field, unfilled)
        : null;

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
