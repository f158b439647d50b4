using Heliotrope.Core.People;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Conversations;

/// <content>What happened at another desk, before it came here. Nothing of it is sent, and nobody is asked anything.</content>
public sealed partial class Conversation
{
    /// <summary>The event that tells that something in it came before anybody here could read it.</summary>
    public const string LayBefore = "lay-before";

    /// <summary>Says where it came from.</summary>
    /// <param name="place">The other desk, and the number that it had there.</param>
    /// <param name="at">When it began there (UTC).</param>
    public void CameFrom(string place, DateTimeOffset at) => AddEvent(Actor.System, "imported", place, at);

    /// <summary>Who answered for it there, and why the customer wrote. Nobody here gave it, so nothing is noted.</summary>
    /// <param name="assignee">The user; null for nobody.</param>
    /// <param name="team">The team; null for none.</param>
    /// <param name="driver">The driver; null for none.</param>
    public void FiledElsewhere(long? assignee, long? team, long? driver) => (AssigneeId, TeamId, DriverId) = (assignee, team, driver);

    /// <summary>
    /// A message that came before anybody here could read it. It waits for us since it came, unless somebody answered it there, or it came so long ago that it is over. Where it stands before a
    /// message that is known already, where it is over, and where somebody here has put the conversation off, it changes nothing about whose turn it is.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="at">When it came (UTC).</param>
    /// <param name="answered">Somebody answered it there.</param>
    /// <param name="newest">When the newest message in the conversation came or left (UTC); null while it has none.</param>
    /// <param name="now">Now (UTC).</param>
    /// <param name="rules">When an answer to it is due.</param>
    /// <returns>The entry made of it.</returns>
    public Entry ReceivedElsewhere(InboundMessage message, DateTimeOffset at, bool answered, DateTimeOffset? newest, DateTimeOffset now, AnswerRules rules)
    {
        var isOver = now - at > LongOver;
        if (newest is { } known && (at < known || isOver || State is ConversationState.Snoozed))
        {
            (CreatedAt, Preview) = (at < CreatedAt ? at : CreatedAt, at < known ? Preview : Shorten(message.Text));
            Apply(message is { FromCustomer: true, Machine: false } && Clock.StartedAt > at ? Clock with { StartedAt = at } : Clock);
            return Add(Entry.Inbound(message, AuthorOf(message), at), at);
        }

        var entry = Receive(message, at, rules);
        if (isOver)
        {
            MarkResolved(Actor.System, at);
        }
        else if (answered && State is ConversationState.Open)
        {
            WaitingElsewhere();
        }

        return entry;
    }

    /// <summary>An answer that was given there: whatever stands in it has been said, so nothing in it can be refused.</summary>
    /// <param name="by">Who answered.</param>
    /// <param name="message">The words.</param>
    /// <param name="messageId">The Message-ID that the mail had; null when unknown.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="rawMail">The raw mail that it was; null when it is not there.</param>
    /// <returns>The entry.</returns>
    public Entry AnsweredElsewhere(Actor by, OutboundMessage message, string? messageId, DateTimeOffset at, long? rawMail = null) => Answer(by, message, messageId, at, rawMail);

    /// <summary>A note that was written there.</summary>
    /// <param name="by">Who wrote it.</param>
    /// <param name="text">The words.</param>
    /// <param name="at">When (UTC).</param>
    /// <returns>The entry.</returns>
    public Entry NotedElsewhere(Actor by, string text, DateTimeOffset at) => Add(Entry.Note(by, text, at), at);

    /// <summary>Something is ours to do there, whoever spoke last.</summary>
    /// <param name="at">Since when, where the customer does not wait already (UTC).</param>
    /// <param name="rules">When an answer is due.</param>
    public void OpenElsewhere(DateTimeOffset at, AnswerRules rules) => AwaitUs(at, rules);

    /// <summary>There we waited for the customer, whoever spoke last.</summary>
    public void WaitingElsewhere() => Rest(ConversationState.Waiting);
}
