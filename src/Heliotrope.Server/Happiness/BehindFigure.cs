using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Conversations;
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
        return filter.On(db.Conversations.WithoutSpam().Where(c => c.HappinessStartedAt >= from && c.HappinessStartedAt < to));
    }

    /// <summary>Those whose customer waits longer for a word from us than the team has set itself.</summary>
    public static IQueryable<Conversation> Overdue(HeliotropeDb db, DateTimeOffset now, FigureFilter filter) =>
        filter.On(db.Conversations.WithoutSpam().Where(c => c.AnswerDueAt < now));

    public static IQueryable<Conversation> Ended(IQueryable<Conversation> started, string? ending) => ending is "unanswered" ? started.Where(c => c.HappinessEnd == null)
        : Enum.TryParse<HappinessEnd>(ending, ignoreCase: true, out var end) ? started.Where(c => c.HappinessEnd == end)
        : started;

    /// <summary>Those whose answers came so.</summary>
    public static IQueryable<Conversation> Answered(IQueryable<Conversation> started, string? late) => late switch
    {
        "first" => started.Where(c => c.FirstAnswerOnTime == false),
        "first-kept" => started.Where(c => c.FirstAnswerOnTime == true),
        "next" => started.Where(c => c.NextAnswersLate > 0),
        "next-kept" => started.Where(c => c.NextAnswersOnTime > 0 && c.NextAnswersLate == 0),
        _ => started,
    };
}
