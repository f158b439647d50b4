using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;
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
        return filter.On(db, db.Conversations.WithoutSpam().Where(c => c.HappinessStartedAt >= from && c.HappinessStartedAt < to));
    }

    /// <summary>Those whose customer waits longer for a word from us than the team has set itself.</summary>
    public static IQueryable<Conversation> Overdue(HeliotropeDb db, DateTimeOffset now, FigureFilter filter) =>
        filter.On(db, db.Conversations.WithoutSpam().Where(c => c.AnswerDueAt < now));

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

    /// <summary>What figures of what was counted can be opened: grades, friction, recoveries, their steps and their causes.</summary>
    public static readonly IReadOnlyList<string> Figures =
    [
        "magic", "mediocre", "misery", "graded", "at-or-above", "held", "transfers", "repeats", "re-asks", "channel-switches", "bot-loops",
        "recovering", "restored", "lost", "cause", .. Enum.GetValues<RecoveryStepName>().Select(step => "missed-" + Codes.Of(step)),
    ];

    /// <summary>Those that one of <see cref="Figures"/> counts.</summary>
    public static IQueryable<Conversation> Which(HeliotropeDb db, IQueryable<Conversation> started, string? figure, string? cause)
    {
        if (figure is null)
        {
            return started;
        }

        // Moments are counted when they have ended, steps when their recovery has.
        var over = figure is "magic" or "mediocre" or "misery" or "graded" or "at-or-above" ? started.Where(c => c.HappinessEndedAt != null) : started;
        var which = Those(db.Figures, figure, cause);
        return which is null ? Answered(over, "first") : over.Where(c => which.Any(f => f.ConversationNumber == c.Number));
    }

    private static IQueryable<ConversationFigures>? Those(IQueryable<ConversationFigures> figures, string figure, string? cause)
    {
        if (figure.StartsWith("missed-", StringComparison.Ordinal))
        {
            var bit = 1 << (int)Codes.Find<RecoveryStepName>(figure["missed-".Length..])!.Value;
            return figures.Where(f => (f.StepsMissed & bit) != 0 && (f.Recovery == RecoveryState.Restored || f.Recovery == RecoveryState.Lost));
        }

        return figure switch
        {
            "held" => null, // they waited longer than their team has set itself
            "graded" => figures.Where(f => f.Grade != null),
            "at-or-above" => figures.Where(f => f.Grade == MomentGrade.Magic || f.Grade == MomentGrade.Mediocre),
            "transfers" => figures.Where(f => f.Transfers > 0),
            "repeats" => figures.Where(f => f.Repeats > 0),
            "re-asks" => figures.Where(f => f.ReAsks > 0),
            "channel-switches" => figures.Where(f => f.ChannelSwitches > 0),
            "bot-loops" => figures.Where(f => f.BotLoops > 0),
            "recovering" => figures.Where(f => f.Recovery == RecoveryState.Open),
            "restored" => figures.Where(f => f.Recovery == RecoveryState.Restored),
            "lost" => figures.Where(f => f.Recovery == RecoveryState.Lost),
            "cause" => figures.Where(f => f.Recovery != null && f.OutsideCause == cause),
            var grade => Codes.Find<MomentGrade>(grade) is { } one ? figures.Where(f => f.Grade == one) : figures,
        };
    }
}
