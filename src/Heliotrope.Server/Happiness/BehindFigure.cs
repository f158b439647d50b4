using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Happiness;

/// <summary>The conversations behind each figure: what is counted and what the list shows are the same question. Spam is in neither.</summary>
internal static class BehindFigure
{
    /// <summary>Every way an answer is looked at: late and on time, the first and the next ones, and what waits past its time now.</summary>
    public static readonly IReadOnlyList<string> Lates = ["first", "next", "now", "first-kept", "next-kept"];

    /// <summary>Those in which the customer first wrote on one of these days.</summary>
    public static IQueryable<Conversation> Started(HeliotropeDb db, DateOnly first, DateOnly last, FigureFilter filter)
    {
        var (from, to) = (Zone.StartOf(first), Zone.StartOf(last.AddDays(1)));
        return filter.On(db.Conversations.Where(c => !c.IsSpam && c.HappinessStartedAt >= from && c.HappinessStartedAt < to));
    }

    /// <summary>Those whose customer waits longer for a word from us than the team has set itself.</summary>
    public static IQueryable<Conversation> Overdue(HeliotropeDb db, DateTimeOffset now, FigureFilter filter) =>
        filter.On(db.Conversations.Where(c => !c.IsSpam && c.AnswerDueAt < now));

    public static IQueryable<Conversation> Ended(IQueryable<Conversation> started, string? ending) => ending is "unanswered" ? started.Where(c => c.HappinessEnd == null)
        : Enum.TryParse<HappinessEnd>(ending, ignoreCase: true, out var end) ? started.Where(c => c.HappinessEnd == end)
        : started;

    /// <summary>Those whose answers came so; the same rule as <see cref="OnTime"/>.</summary>
    public static IQueryable<Conversation> Answered(HeliotropeDb db, IQueryable<Conversation> started, string? late)
    {
        var ours = db.Entries.Where(e => e.Kind == EntryKind.Message && e.Direction == Direction.Out);
        var first = ours.Where(e => e.DueAt != null && !ours.Any(o => o.ConversationNumber == e.ConversationNumber && o.Id < e.Id));
        var next = ours.Where(e => e.DueAt != null && ours.Any(o => o.ConversationNumber == e.ConversationNumber && o.Id < e.Id));
        return late switch
        {
            "first" => started.Where(c => first.Any(e => e.ConversationNumber == c.Number && e.At > e.DueAt)),
            "first-kept" => started.Where(c => first.Any(e => e.ConversationNumber == c.Number && e.At <= e.DueAt)),
            "next" => started.Where(c => next.Any(e => e.ConversationNumber == c.Number && e.At > e.DueAt)),
            "next-kept" => started.Where(c => next.Any(e => e.ConversationNumber == c.Number) && !next.Any(e => e.ConversationNumber == c.Number && e.At > e.DueAt)),
            _ => started,
        };
    }
}
