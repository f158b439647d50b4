using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Search;

namespace Heliotrope.Server.Search;

/// <summary>Whose turn it is, how it ended, and its number.</summary>
internal static class StateTerms
{
    public static Expression<Func<Conversation, bool>>? Is(Asked asked, Value value)
    {
        var (db, now, me, mark) = (asked.Db, asked.Now, asked.Me, "?");
        return value.Said switch
        {
            "open" => c => c.State == ConversationState.Open,
            "waiting" => c => c.State == ConversationState.Waiting,
            "snoozed" => c => c.State == ConversationState.Snoozed,
            "resolved" => c => c.State == ConversationState.Resolved,
            "confirmed" => c => c.State == ConversationState.Confirmed,
            "spam" => c => c.IsSpam,
            "unassigned" => c => c.AssigneeId == null,
            "mine" => c => c.AssigneeId != null && c.AssigneeId == me,
            "overdue" => c => c.State == ConversationState.Open && c.AnswerDueAt < now,
            "answered" => c => c.LastAnswerAt != null,
            "unanswered" => c => c.LastAnswerAt == null,
            "complaint" => c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Complaint),
            "urgent" => c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Urgency),
            "thanks" => c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Gratitude),
            // A question of theirs that nobody has answered.
            "question" => c => c.WaitingSince != null && db.Entries.Any(e => e.ConversationNumber == c.Number && e.Direction == Direction.In && e.At >= c.WaitingSince && e.Text.Contains(mark)),
            "reopened" => c => db.Entries.Any(e => e.ConversationNumber == c.Number && e.Kind == EntryKind.Event && e.Text == "reopened"),
            _ => null,
        };
    }

    public static Expression<Func<Conversation, bool>>? End(Asked asked, Value value) => value.Said switch
    {
        "none" => c => c.HappinessEnd == null,
        "confirmed" => c => c.HappinessEnd == HappinessEnd.Confirmed,
        "thanked" => c => c.HappinessEnd == HappinessEnd.Thanked,
        "silent" => c => c.HappinessEnd == HappinessEnd.Silent,
        "unhappy" => c => c.HappinessEnd == HappinessEnd.Unhappy,
        _ => null,
    };

    public static Expression<Func<Conversation, bool>>? Number(Asked asked, Value value) => value switch
    {
        NumberValue { Comparison: Comparison.Same, Number: var number } => c => c.Number == number,
        NumberValue { Comparison: Comparison.Less, Number: var number } => c => c.Number < number,
        NumberValue { Comparison: Comparison.AtMost, Number: var number } => c => c.Number <= number,
        NumberValue { Comparison: Comparison.More, Number: var number } => c => c.Number > number,
        NumberValue { Comparison: Comparison.AtLeast, Number: var number } => c => c.Number >= number,
        _ => null,
    };
}
