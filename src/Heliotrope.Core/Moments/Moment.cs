using System.Globalization;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Recovery;

namespace Heliotrope.Core.Moments;

/// <summary>How a contact compares with what is usual (docs/method.md, A4).</summary>
public enum MomentGrade
{
    /// <summary>Below average.</summary>
    Misery,
    /// <summary>Average.</summary>
    Mediocre,
    /// <summary>Above average.</summary>
    Magic,
}

/// <summary>What a grade rests on. Written outside in kebab case: <c>said-no</c>.</summary>
public enum MomentReasonCode
{
    /// <summary>They answered both questions with yes.</summary>
    Confirmed,
    /// <summary>They said no.</summary>
    SaidNo,
    /// <summary>They closed with thanks.</summary>
    Thanked,
    /// <summary>Their last message sounds better than their first.</summary>
    MoodRose,
    /// <summary>It sounds worse.</summary>
    MoodFell,
    /// <summary>A person answered sooner than is usual for such matters.</summary>
    Quicker,
    /// <summary>A person answered later than is usual.</summary>
    Slower,
    /// <summary>It went more smoothly than is usual.</summary>
    Smoother,
    /// <summary>There was more friction than is usual.</summary>
    Rougher,
    /// <summary>What we promised was done before it was due.</summary>
    PromiseEarly,
    /// <summary>We broke a promise.</summary>
    PromiseBroken,
    /// <summary>Something had gone wrong, and their confidence is restored.</summary>
    Restored,
    /// <summary>Something had gone wrong, and it is not.</summary>
    Lost,
}

/// <summary>One reason of a grade.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Weight">How much it counts: above zero for the better, below for the worse.</param>
public readonly record struct MomentReason(MomentReasonCode Code, int Weight)
{
    /// <summary>As it is kept: <c>confirmed+2</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Codes.Of(Code)}{Weight:+0;-0}");
}

/// <summary>What is usual for such matters: of the same driver and channel, in the 13 weeks before.</summary>
/// <param name="Of">Of how many conversations it is told.</param>
/// <param name="Alike">How alike they are.</param>
/// <param name="Hold">Half of their customers waited no longer for a person.</param>
/// <param name="Friction">How much friction they had on average, counted.</param>
public sealed record Baseline(int Of, BaselineKind Alike, TimeSpan Hold, double Friction)
{
    /// <summary>Fewer conversations say more about chance than about what is usual; then less alike ones are asked.</summary>
    public const int Enough = 20;

    /// <summary>How far back it looks.</summary>
    public const int Days = 91;
}

/// <summary>Whose conversations a baseline is told from; the first with enough of them is taken.</summary>
public enum BaselineKind
{
    /// <summary>Of the same driver and channel.</summary>
    DriverAndChannel,
    /// <summary>Of the same driver, on any channel.</summary>
    Driver,
    /// <summary>Of the same channel, for any driver.</summary>
    Channel,
    /// <summary>All.</summary>
    All,
}

/// <summary>The evidence of a moment.</summary>
/// <param name="End">How the clock ended; null while it runs.</param>
/// <param name="First">How the customer's first message sounds, from -1 to 1; null when that cannot be told.</param>
/// <param name="Last">How their last one does; null when it cannot be told, or is the first.</param>
/// <param name="Friction">The friction.</param>
/// <param name="Baseline">What is usual; null where too little is known to say.</param>
/// <param name="KeptEarly">How many promises were kept early.</param>
/// <param name="Broken">How many were broken.</param>
/// <param name="Recovery">Where its recovery came to; null when there is none.</param>
public sealed record MomentEvidence(HappinessEnd? End, double? First, double? Last, Friction Friction, Baseline? Baseline, int KeptEarly, int Broken, RecoveryState? Recovery);

/// <summary>The grade of a contact and its reasons. A no is misery whatever else went well; otherwise the reasons are weighed against each other.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Reasons">Its reasons, the weightiest first.</param>
public sealed record Moment(MomentGrade Grade, IReadOnlyList<MomentReason> Reasons)
{
    /// <summary>So much better or worse is a change of mood.</summary>
    private const double MoodStep = 0.4;

    /// <summary>What is left of the usual waiting when it is quicker, and how many times it is slower.</summary>
    private const double Quick = 0.75;
    private const double Slow = 1.5;

    /// <summary>Going smoothly is better than usual only where friction is usual.</summary>
    private const double Rough = 0.5;

    /// <summary>All reasons weighed up.</summary>
    public int Score => Reasons.Sum(reason => reason.Weight);

    /// <summary>Grades a contact.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The moment; null while there is nothing to grade: no person has answered, and it has not ended.</returns>
    public static Moment? Of(MomentEvidence evidence)
    {
        if (evidence.End is null && evidence.Friction.Hold is null)
        {
            return null;
        }

        var reasons = Reason(evidence).OrderByDescending(reason => Math.Abs(reason.Weight)).ThenBy(reason => reason.Code).ToList();
        var score = reasons.Sum(reason => reason.Weight);
        return new(evidence.End is HappinessEnd.Unhappy || score < 0 ? MomentGrade.Misery : score >= 2 ? MomentGrade.Magic : MomentGrade.Mediocre, reasons);
    }

    private static IEnumerable<MomentReason> Reason(MomentEvidence evidence)
    {
        switch (evidence.End)
        {
            case HappinessEnd.Confirmed:
                yield return new(MomentReasonCode.Confirmed, 2);
                break;
            case HappinessEnd.Unhappy:
                yield return new(MomentReasonCode.SaidNo, -4);
                break;
            case HappinessEnd.Thanked:
                yield return new(MomentReasonCode.Thanked, 1);
                break;
        }

        if (evidence is { First: { } first, Last: { } last } && Math.Abs(last - first) >= MoodStep)
        {
            yield return last > first ? new(MomentReasonCode.MoodRose, 1) : new(MomentReasonCode.MoodFell, -1);
        }

        foreach (var reason in Beside(evidence))
        {
            yield return reason;
        }

        if (evidence.Broken > 0)
        {
            yield return new(MomentReasonCode.PromiseBroken, -2);
        }
        else if (evidence.KeptEarly > 0)
        {
            yield return new(MomentReasonCode.PromiseEarly, 1);
        }

        if (evidence.Recovery is RecoveryState.Restored or RecoveryState.Lost)
        {
            yield return evidence.Recovery is RecoveryState.Restored ? new(MomentReasonCode.Restored, 1) : new(MomentReasonCode.Lost, -2);
        }
    }

    /// <summary>Set beside what is usual. Where that is not known nothing is said.</summary>
    private static IEnumerable<MomentReason> Beside(MomentEvidence evidence)
    {
        if (evidence.Baseline is not { } usual)
        {
            yield break;
        }

        if (evidence.Friction.Hold is { } hold)
        {
            if (hold < usual.Hold * Quick)
            {
                yield return new(MomentReasonCode.Quicker, 1);
            }
            else if (hold > usual.Hold * Slow)
            {
                yield return new(MomentReasonCode.Slower, -1);
            }
        }

        if (evidence.Friction.Count == 0 && usual.Friction >= Rough)
        {
            yield return new(MomentReasonCode.Smoother, 1);
        }
        else if (evidence.Friction.Count > usual.Friction + 1)
        {
            yield return new(MomentReasonCode.Rougher, -1);
        }
    }
}
