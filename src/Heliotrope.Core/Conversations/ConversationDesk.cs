using Heliotrope.Core.People;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Conversations;

/// <content>What people at the desk do with it, without a word to the customer.</content>
public sealed partial class Conversation
{
    /// <summary>Belongs to somebody else from now on: two people became one, or one became two. It is no change to what was said, so its version stays.</summary>
    /// <param name="customer">Whose it is.</param>
    public void GoTo(long customer) => CustomerId = customer;

    /// <summary>The furthest that a conversation can be put off: beyond it the date is a slip of the hand.</summary>
    public static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(366);

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

    /// <summary>Gives it to a team, or to none.</summary>
    /// <param name="by">Who gives it.</param>
    /// <param name="team">To which; null for none.</param>
    /// <param name="teamName">Its name; empty for none.</param>
    /// <param name="rules">When an answer is due from now on.</param>
    /// <param name="now">When (UTC).</param>
    public void GiveToTeam(Actor by, long? team, string teamName, AnswerRules rules, DateTimeOffset now)
    {
        if (TeamId == team)
        {
            return;
        }

        TeamId = team;
        AddEvent(by, team is null ? "team-none" : "team", teamName, now);
        Retarget(rules);
    }

    /// <summary>The team of the address that the customer wrote to. Nobody gave it, so nothing is noted.</summary>
    /// <param name="team">The team; null for none.</param>
    public void BelongTo(long? team) => TeamId = team;

    /// <summary>Says why the customer had to contact us (docs/method.md, D1).</summary>
    /// <param name="by">Who says it.</param>
    /// <param name="driver">The driver; null for none.</param>
    /// <param name="driverName">Its name; empty for none.</param>
    /// <param name="rules">When an answer is due from now on.</param>
    /// <param name="now">When (UTC).</param>
    public void SetDriver(Actor by, long? driver, string driverName, AnswerRules rules, DateTimeOffset now)
    {
        if (DriverId == driver)
        {
            return;
        }

        DriverId = driver;
        AddEvent(by, driver is null ? "driver-none" : "driver", driverName, now);
        Retarget(rules);
    }

    /// <summary>Notes that a tag was put on or taken off; the tags themselves are rows of their own.</summary>
    /// <param name="by">Who did it.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="on">Put on rather than taken off.</param>
    /// <param name="now">When (UTC).</param>
    public void NoteTag(Actor by, string tag, bool on, DateTimeOffset now) => AddEvent(by, on ? "tagged" : "untagged", tag, now);

    /// <summary>Notes what became of a promise; the promise is a row of its own, and nothing that happens here ends it.</summary>
    /// <param name="by">Who did it.</param>
    /// <param name="what">made, kept, renegotiated, broken, at-risk or passed.</param>
    /// <param name="text">What was promised.</param>
    /// <param name="now">When (UTC).</param>
    public void NotePromise(Actor by, string what, string text, DateTimeOffset now) => AddEvent(by, $"promise-{what}", text, now);

    /// <summary>Puts it off until a date. "Thanks" leaves the date standing; a question brings it back at once.</summary>
    /// <param name="by">Who puts it off.</param>
    /// <param name="until">Until when (UTC).</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The conversation, or a refusal: the date is past or too far, or nothing is left to do.</returns>
    public Result<Conversation> Snooze(Actor by, DateTimeOffset until, DateTimeOffset now)
    {
        if (IsResolved)
        {
            return new Refusal(RefusalKind.Conflict, "conversation.resolved", "This conversation is resolved already.");
        }

        if (until <= now || until > now + LongestSnooze)
        {
            return Refusal.Invalid("snooze.date", "The date lies ahead, and less than a year.", "until");
        }

        State = ConversationState.Snoozed;
        SnoozedUntil = until;
        AddEvent(by, "snoozed", until.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture), now);
        return this;
    }

    /// <summary>The date has come until which it was put off.</summary>
    /// <param name="now">When (UTC).</param>
    /// <param name="rules">When an answer is due to a customer who waits.</param>
    public void Wake(DateTimeOffset now, AnswerRules rules)
    {
        if (State is not ConversationState.Snoozed || SnoozedUntil > now)
        {
            return;
        }

        AddEvent(Actor.System, "woke", "", now);
        Press(Attention.DateCame);
        AwaitUs(now, rules);
    }

    /// <summary>Puts it away as nobody's matter: out of every list and every figure.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="spam">It is; or it is not after all.</param>
    /// <param name="now">When (UTC).</param>
    public void MarkSpam(Actor by, bool spam, DateTimeOffset now)
    {
        if (IsSpam == spam)
        {
            return;
        }

        IsSpam = spam;
        AddEvent(by, spam ? "spam" : "not-spam", "", now);
    }

    /// <summary>A reply of ours was given up: the customer waits still.</summary>
    /// <param name="detail">What the other side said.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="rules">When an answer is due.</param>
    public void ReplyNotSent(string detail, DateTimeOffset now, AnswerRules rules) => NotReached("not-sent", detail, now, rules);

    /// <summary>A reply of ours came back: the customer waits still.</summary>
    /// <param name="detail">Whom it did not reach, and the status (RFC 3463).</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="rules">When an answer is due.</param>
    public void ReplyBounced(string detail, DateTimeOffset now, AnswerRules rules) => NotReached("bounced", detail, now, rules);

    private void NotReached(string code, string detail, DateTimeOffset now, AnswerRules rules)
    {
        AddEvent(Actor.System, code, detail, now);
        Press(Attention.NotSent);
        AwaitUs(now, rules);
    }

    /// <summary>Counts anew when an answer is due: the team, the driver or the target has changed.</summary>
    /// <param name="rules">When an answer is due.</param>
    public void Retarget(AnswerRules rules) => AnswerDueAt = WaitingSince is { } since ? rules.DueAt(since, LastAnswerAt is null) : null;

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
    /// <param name="rules">When an answer is due.</param>
    /// <returns>The conversation, or a refusal: it is open already.</returns>
    public Result<Conversation> Reopen(Actor by, DateTimeOffset now, AnswerRules rules)
    {
        if (State is ConversationState.Open)
        {
            return new Refusal(RefusalKind.Conflict, "conversation.open", "This conversation is open already.");
        }

        AddEvent(by, "reopened", by.Name, now);
        AwaitUs(now, rules);
        return this;
    }

    private void MarkResolved(Actor by, DateTimeOffset now)
    {
        AddEvent(by, "resolved", "", now);
        Rest(ConversationState.Resolved);
    }

    /// <summary>Nothing is left to do.</summary>
    private void Rest(ConversationState state)
    {
        State = state;
        SnoozedUntil = null;
        WaitingSince = null;
        AnswerDueAt = null;
        Attention = Attention.Usual;
    }

    /// <summary>Lifts it, unless something more pressing lifts it already.</summary>
    private void Press(Attention attention) => Attention = attention < Attention ? attention : Attention;
}
