using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Reading;
using Heliotrope.Core.Recovery;

namespace Heliotrope.Core.Figures;

/// <summary>
/// The figures of one conversation, kept beside it by whatever changes it, so that reports need not count again. The same history always gives the
/// same figures; <c>./heliotrope recompute --check</c> says where what is kept differs.
/// </summary>
public sealed record ConversationFigures
{
    /// <summary>The conversation's number.</summary>
    public long ConversationNumber { get; init; }

    /// <summary>From the customer's first word to the first answer of a person, in whole seconds; null while there is none.</summary>
    public long? HoldSeconds { get; init; }

    /// <inheritdoc cref="Friction.Transfers"/>
    public int Transfers { get; init; }

    /// <inheritdoc cref="Friction.Repeats"/>
    public int Repeats { get; init; }

    /// <inheritdoc cref="Friction.ReAsks"/>
    public int ReAsks { get; init; }

    /// <inheritdoc cref="Friction.ChannelSwitches"/>
    public int ChannelSwitches { get; init; }

    /// <inheritdoc cref="Friction.BotLoops"/>
    public int BotLoops { get; init; }

    /// <summary>Where its recovery has come to; null when there is none.</summary>
    public RecoveryState? Recovery { get; init; }

    /// <summary>What an open recovery waits for; null when none is open.</summary>
    public RecoveryWait? RecoveryWait { get; init; }

    /// <summary>When its recovery opened (UTC).</summary>
    public DateTimeOffset? RecoveryOpenedAt { get; init; }

    /// <summary>When it was restored or lost (UTC).</summary>
    public DateTimeOffset? RecoveryEndedAt { get; init; }

    /// <summary>The steps that are met, a bit for each <see cref="RecoveryStepName"/>.</summary>
    public int StepsMet { get; init; }

    /// <summary>The steps that were missed, in the same way. Neither: it could not be told.</summary>
    public int StepsMissed { get; init; }

    /// <summary>Who else caused it; empty for nobody.</summary>
    public string OutsideCause { get; init; } = "";

    /// <summary>The grade of the contact; null while there is nothing to grade.</summary>
    public MomentGrade? Grade { get; init; }

    /// <summary>Its reasons weighed up.</summary>
    public int Score { get; init; }

    /// <summary>Its reasons, as <see cref="MomentReason"/> writes them, with spaces between.</summary>
    public string Reasons { get; init; } = "";

    /// <summary>Of how many conversations the baseline was told that the grade was measured by; 0 when there was none.</summary>
    public int BaselineOf { get; init; }

    /// <summary>How alike those were.</summary>
    public BaselineKind BaselineAlike { get; init; }

    /// <summary>What waiting was usual, in whole seconds.</summary>
    public long BaselineHoldSeconds { get; init; }

    /// <summary>What friction was usual, in thousandths of a count.</summary>
    public int BaselineFriction { get; init; }

    /// <summary>The user who answered last; null when nobody did, or a program.</summary>
    public long? PersonId { get; init; }

    /// <summary>What was usual when it was graded; null when too little was known.</summary>
    public Baseline? Baseline => BaselineOf == 0 ? null : new(BaselineOf, BaselineAlike, TimeSpan.FromSeconds(BaselineHoldSeconds), BaselineFriction / 1000.0);

    /// <summary>Counts them.</summary>
    /// <param name="history">What happened.</param>
    /// <param name="baseline">What was usual for such matters in the weeks before it began; null where too little is known.</param>
    /// <returns>The figures.</returns>
    public static ConversationFigures Of(History history, Baseline? baseline)
    {
        ArgumentNullException.ThrowIfNull(history);
        var happened = Conversations.Happened.InOrder(history.Happened);
        var friction = Friction.Of(happened);
        var recovery = RecoveryCourse.Of(happened, history.Complaint);
        var kept = baseline is null ? null : baseline with { Hold = TimeSpan.FromSeconds(Math.Floor(baseline.Hold.TotalSeconds)), Friction = Math.Round(baseline.Friction * 1000) / 1000 };
        var moment = history.LifeEvent ? null : MomentOf(history, happened, friction, kept, recovery?.State);
        return new()
        {
            ConversationNumber = history.Number,
            HoldSeconds = friction.Hold is { } hold ? (long)hold.TotalSeconds : null,
            Transfers = friction.Transfers,
            Repeats = friction.Repeats,
            ReAsks = friction.ReAsks,
            ChannelSwitches = friction.ChannelSwitches,
            BotLoops = friction.BotLoops,
            Recovery = recovery?.State,
            RecoveryWait = recovery?.Wait,
            RecoveryOpenedAt = recovery?.OpenedAt,
            RecoveryEndedAt = recovery?.EndedAt,
            StepsMet = Bits(recovery, step => step.Met),
            StepsMissed = Bits(recovery, step => step.Missed),
            OutsideCause = recovery?.OutsideCause ?? "",
            Grade = moment?.Grade,
            Score = moment?.Score ?? 0,
            Reasons = string.Join(' ', moment?.Reasons ?? []),
            BaselineOf = kept?.Of ?? 0,
            BaselineAlike = kept?.Alike ?? default,
            BaselineHoldSeconds = (long)(kept?.Hold.TotalSeconds ?? 0),
            BaselineFriction = (int)Math.Round((kept?.Friction ?? 0) * 1000),
            PersonId = happened.LastOrDefault(h => h is { IsAnswer: true, UserId: not null })?.UserId,
        };
    }

    private static Moment? MomentOf(History history, IReadOnlyList<Happened> happened, Friction friction, Baseline? baseline, RecoveryState? recovery)
    {
        var theirs = happened.Where(h => h.IsCustomers).Select(h => h.Text).ToList();
        return Moment.Of(new(
            history.Clock.End,
            theirs.Count > 1 ? MessageReading.Of(theirs[0]).Sentiment : null,
            theirs.Count > 1 ? MessageReading.Of(theirs[^1]).Sentiment : null,
            friction,
            baseline,
            history.Promises.Count(p => p is PromiseState.KeptEarly),
            history.Promises.Count(p => p is PromiseState.Broken),
            recovery));
    }

    private static int Bits(RecoveryCourse? recovery, Func<RecoveryStep, bool> which) => recovery?.Steps.Where(which).Sum(step => 1 << (int)step.Name) ?? 0;
}
