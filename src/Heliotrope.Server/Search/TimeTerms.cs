using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;

namespace Heliotrope.Server.Search;

/// <summary>When something happened, or is due.</summary>
internal static class TimeTerms
{
    public static Expression<Func<Conversation, bool>>? Before(Asked asked, Value value)
    {
        var from = Bounds(asked, value).From;
        return c => c.LastActivityAt < from;
    }

    public static Expression<Func<Conversation, bool>>? After(Asked asked, Value value)
    {
        var end = Bounds(asked, value).End;
        return c => c.LastActivityAt >= end;
    }

    public static Expression<Func<Conversation, bool>>? On(Asked asked, Value value)
    {
        var (from, end) = Bounds(asked, value);
        return c => c.LastActivityAt >= from && c.LastActivityAt < end;
    }

    public static Expression<Func<Conversation, bool>>? Created(Asked asked, Value value)
    {
        var (from, end) = Bounds(asked, value);
        return ((WhenValue)value).Comparison switch
        {
            Comparison.Less => c => c.CreatedAt < from,
            Comparison.AtMost => c => c.CreatedAt < end,
            Comparison.More => c => c.CreatedAt >= end,
            Comparison.AtLeast => c => c.CreatedAt >= from,
            _ => c => c.CreatedAt >= from && c.CreatedAt < end,
        };
    }

    /// <summary>How long the customer has waited; a bare length is the least.</summary>
    public static Expression<Func<Conversation, bool>>? Waiting(Asked asked, Value value)
    {
        var length = (LengthValue)value;
        var since = asked.Now - length.Length;
        return length.Comparison is Comparison.Less or Comparison.AtMost ? c => c.WaitingSince > since : c => c.WaitingSince <= since;
    }

    /// <summary>When an answer is due; a bare length is the most.</summary>
    public static Expression<Func<Conversation, bool>>? Due(Asked asked, Value value)
    {
        var now = asked.Now;
        if (value is LengthValue length)
        {
            var until = now + length.Length;
            return length.Comparison is Comparison.More or Comparison.AtLeast ? c => c.AnswerDueAt > until : c => c.AnswerDueAt >= now && c.AnswerDueAt <= until;
        }

        if (value.Said is "overdue")
        {
            return c => c.AnswerDueAt < now;
        }

        var (from, end) = asked.Bounds(When.Read(value.Said)!);
        return c => c.AnswerDueAt >= from && c.AnswerDueAt < end;
    }

    private static (DateTimeOffset From, DateTimeOffset End) Bounds(Asked asked, Value value) => asked.Bounds(((WhenValue)value).When);
}
