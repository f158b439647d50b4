using Heliotrope.Core.Customers;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Conversations;

/// <content>What happens to a conversation as a whole: two become one, one becomes two, a part goes elsewhere.</content>
public sealed partial class Conversation
{
    /// <summary>How far it has come.</summary>
    public Course Course => new(State, WaitingSince, SnoozedUntil, LastAnswerAt, Attention, Clock);

    /// <summary>Another conversation becomes part of this one. What nobody has chosen here is taken from there; its rows are moved by whoever calls.</summary>
    /// <param name="by">Who merges them.</param>
    /// <param name="other">The other one, which is no more afterwards.</param>
    /// <param name="said">The messages of both.</param>
    /// <param name="rules">When an answer is due from now on.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="friction">What the customer had met in both so far; null for nothing.</param>
    /// <returns>This conversation, or a refusal: it is the same one, or only one of them is real.</returns>
    public Result<Conversation> Merge(Actor by, Conversation other, IReadOnlyList<Said> said, AnswerRules rules, DateTimeOffset now, Friction? friction = null)
    {
        if (other.Number == Number)
        {
            return Refusal.Invalid("merge.same", "A conversation cannot become part of itself.", "into");
        }

        if (other.IsSpam || IsSpam)
        {
            return new Refusal(RefusalKind.Conflict, "merge.spam", "One of them is in the spam folder.");
        }

        if (other.Demo != Demo)
        {
            return new Refusal(RefusalKind.Conflict, "merge.demo", "One of them is part of the demo company, which is taken away as a whole.");
        }

        (AssigneeId, TeamId, DriverId) = (AssigneeId ?? other.AssigneeId, TeamId ?? other.TeamId, DriverId ?? other.DriverId);
        if (FollowsNumber is null || FollowsNumber == other.Number)
        {
            FollowsNumber = other.FollowsNumber == Number ? null : other.FollowsNumber;
        }

        CreatedAt = other.CreatedAt < CreatedAt ? other.CreatedAt : CreatedAt;
        if (other.LastActivityAt > LastActivityAt)
        {
            (LastActivityAt, Preview) = (other.LastActivityAt, other.Preview);
        }

        Take(Course.With(other.Course), said, rules);
        AddEvent(by, "merged", friction is null ? Called(other) : $"{Called(other)}{GivenBecause}{friction.Kept}", now);
        return this;
    }

    /// <summary>Begins a conversation with messages of this one, which go on there. They have their own course; who answers for them stays the same.</summary>
    /// <param name="customer">Whose it is.</param>
    /// <param name="subject">The subject; null for the same.</param>
    /// <param name="said">The messages that go.</param>
    /// <param name="rules">When an answer is due.</param>
    /// <returns>The new conversation, or a refusal: nothing is said in it, or its subject cannot be one.</returns>
    public Result<Conversation> SplitOff(Customer customer, string? subject, IReadOnlyList<Said> said, AnswerRules rules)
    {
        if (said.Count == 0)
        {
            return Refusal.Invalid("split.nothing", "At least one message goes along.", "entries");
        }

        if (subject is not null && CheckSubject(subject) is { } refusal)
        {
            return refusal;
        }

        var part = Begin(customer, subject?.ReplaceLineEndings(" ").Trim() ?? Subject, OurAddress, said.Min(s => s.At));
        (part.AssigneeId, part.TeamId, part.DriverId, part.Demo, part.IsSpam) = (AssigneeId, TeamId, DriverId, Demo, IsSpam);
        part.LastActivityAt = said.Max(s => s.At);
        part.Preview = Shorten(said.MaxBy(s => s.At).Text);
        part.Take(Course.Of(said), said, rules);
        return part;
    }

    /// <summary>Messages came from another conversation: what they wait for, this one waits for.</summary>
    /// <param name="moved">The messages that came.</param>
    /// <param name="said">All messages, those included.</param>
    /// <param name="rules">When an answer is due.</param>
    public void Gain(IReadOnlyList<Said> moved, IReadOnlyList<Said> said, AnswerRules rules)
    {
        if (moved.Count > 0)
        {
            Take(Course.With(Course.Of(moved)), said, rules);
        }
    }

    /// <summary>Messages went to another conversation. What somebody decided about this one stands: a date, that it is resolved, that it is pressing.</summary>
    /// <param name="gone">The messages that went.</param>
    /// <param name="left">The messages that are left.</param>
    /// <param name="rules">When an answer is due.</param>
    public void Lose(IReadOnlyList<Said> gone, IReadOnlyList<Said> left, AnswerRules rules)
    {
        var course = Course.Of(left);

        // It waits since no message at all: a colleague opened it, and it stays open.
        var opened = WaitingSince is { } since && !gone.Concat(left).Any(s => s.At == since);
        var open = State is ConversationState.Open && (Attention is not Attention.Usual || opened);
        var decided = open || State is ConversationState.Snoozed or ConversationState.Resolved or ConversationState.Confirmed;
        var thanked = HappinessEnd is Happiness.HappinessEnd.Thanked && course.Clock.End is not Happiness.HappinessEnd.Thanked;
        var clock = course.Clock.StartedAt is null || thanked ? course.Clock : Clock with { StartedAt = course.Clock.StartedAt };
        Take(
            course with
            {
                State = decided ? State : course.State,
                WaitingSince = open ? WaitingSince : State is ConversationState.Resolved or ConversationState.Confirmed ? null : course.WaitingSince,
                SnoozedUntil = SnoozedUntil,
                Attention = Attention,
                Clock = clock,
            },
            left,
            rules);
    }

    /// <summary>It is somebody else's: their answers count here from now on, and ours go to them.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="customer">Whose it is.</param>
    /// <param name="now">When (UTC).</param>
    public void BelongTo(Actor by, Customer customer, DateTimeOffset now)
    {
        if (CustomerId != customer.Id)
        {
            CustomerId = customer.Id;
            AddEvent(by, "customer", customer.Name, now);
        }
    }

    /// <summary>Notes where a part went, or where it came from.</summary>
    /// <param name="by">Who moved it.</param>
    /// <param name="code">split-off, split-from, moved-out or moved-in.</param>
    /// <param name="other">The other conversation.</param>
    /// <param name="now">When (UTC).</param>
    public void NoteMove(Actor by, string code, Conversation other, DateTimeOffset now) => AddEvent(by, code, Called(other), now);

    private static string Called(Conversation other) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{other.Number} {other.Subject}").Trim();

    private void Take(Course course, IEnumerable<Said> said, AnswerRules rules)
    {
        (State, WaitingSince, SnoozedUntil, LastAnswerAt, Attention) = (course.State, course.WaitingSince, course.SnoozedUntil, course.LastAnswerAt, course.Attention);
        (HappinessStartedAt, HappinessEndedAt, HappinessEnd) = (course.Clock.StartedAt, course.Clock.EndedAt, course.Clock.End);
        (FirstAnswerOnTime, NextAnswersOnTime, NextAnswersLate) = Said.Answers(said);
        Retarget(rules);
        Version++;
    }
}
