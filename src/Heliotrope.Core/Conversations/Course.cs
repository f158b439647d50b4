using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Conversations;

/// <summary>A message, as far as the course of a conversation depends on it.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Author">Who wrote it, when it came in.</param>
/// <param name="Text">The new words of what came in.</param>
/// <param name="DueAt">When the answer that it is was due (UTC); null when none was.</param>
public readonly record struct Said(DateTimeOffset At, Direction Direction, Author Author, string Text, DateTimeOffset? DueAt)
{
    /// <summary>How our answers among these came.</summary>
    /// <param name="said">The messages.</param>
    /// <returns>What was on time and what was late.</returns>
    public static OnTime Answers(IEnumerable<Said> said)
    {
        var (answers, first) = (default(OnTime), true);
        foreach (var answer in said.Where(s => s.Direction is Direction.Out).OrderBy(s => s.At))
        {
            answers = answers.With(first, answer.At, answer.DueAt);
            first = false;
        }

        return answers;
    }
}

/// <summary>How far a matter has come. Two courses make one when their conversations become one, in either order and however many.</summary>
/// <param name="State">Whose turn it is.</param>
/// <param name="WaitingSince">Since when the customer waits (UTC); null when they don't.</param>
/// <param name="SnoozedUntil">Until when it is put off (UTC); null when it is not.</param>
/// <param name="LastAnswerAt">When we last answered (UTC); null while nobody has.</param>
/// <param name="Attention">What lifts it above the order of waiting.</param>
/// <param name="Clock">The speed-to-happiness clock.</param>
public sealed record Course(
    ConversationState State, DateTimeOffset? WaitingSince, DateTimeOffset? SnoozedUntil, DateTimeOffset? LastAnswerAt, Attention Attention, HappinessClock Clock)
{
    /// <summary>The course of messages alone, as if they were a conversation of their own.</summary>
    /// <param name="said">The messages.</param>
    /// <returns>Their course: open or waiting.</returns>
    public static Course Of(IEnumerable<Said> said)
    {
        var clock = default(HappinessClock);
        DateTimeOffset? waiting = null, answered = null;
        foreach (var message in said.OrderBy(s => s.At))
        {
            if (message.Direction is Direction.Out)
            {
                (answered, waiting) = (message.At, null);
                continue;
            }

            if (message.Author is Author.Machine && (waiting is not null || answered is not null))
            {
                continue;
            }

            var closes = message.Author is Author.Known && ThanksReading.ClosesWithThanks(message.Text);
            if (message.Author is Author.Known)
            {
                clock = clock.CustomerWrote(closes, answered is not null && waiting is null, message.At);
            }

            if (!closes || waiting is not null || answered is null)
            {
                waiting ??= message.At;
            }
        }

        return new(waiting is null && answered is not null ? ConversationState.Waiting : ConversationState.Open, waiting, null, answered, Attention.Usual, clock);
    }

    /// <summary>Both as one. What needs us most says whose turn it is, and the clock runs from the first word until all of it has ended.</summary>
    /// <param name="other">The other.</param>
    /// <returns>The course of both.</returns>
    public Course With(Course other)
    {
        var state = Urgency(State) <= Urgency(other.State) ? State : other.State;
        return new(
            state,
            Earlier(WaitingSince, other.WaitingSince),
            state is ConversationState.Snoozed ? Earlier(SnoozedUntil, other.SnoozedUntil) : null,
            Later(LastAnswerAt, other.LastAnswerAt),
            Attention < other.Attention ? Attention : other.Attention,
            Both(Clock, other.Clock));
    }

    /// <summary>
    /// One that nobody's first word started adds nothing. A customer who said no in one of them is not happy about both; while one runs both do; and of two that
    /// ended the later end counts.
    /// </summary>
    private static HappinessClock Both(HappinessClock one, HappinessClock other)
    {
        if (one.StartedAt is null || other.StartedAt is null)
        {
            return one.StartedAt is null ? other : one;
        }

        var ended = (one.End, other.End) switch
        {
            (HappinessEnd.Unhappy, HappinessEnd.Unhappy) => Last(one, other),
            (HappinessEnd.Unhappy, _) => one,
            (_, HappinessEnd.Unhappy) => other,
            (null, _) => one,
            (_, null) => other,
            _ => Last(one, other),
        };
        return ended with { StartedAt = Earlier(one.StartedAt, other.StartedAt) };
    }

    /// <summary>At the same instant the better end counts, so that the order means nothing.</summary>
    private static HappinessClock Last(HappinessClock one, HappinessClock other) =>
        one.EndedAt > other.EndedAt || (one.EndedAt == other.EndedAt && one.End <= other.End) ? one : other;

    private static int Urgency(ConversationState state) => state switch
    {
        ConversationState.Open => 0,
        ConversationState.Snoozed => 1,
        ConversationState.Waiting => 2,
        ConversationState.Resolved => 3,
        ConversationState.Confirmed => 4,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
}
