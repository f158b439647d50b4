using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>What a step rests on.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Words">The words in it; for an event what it is about, and empty where the whole message is meant.</param>
/// <param name="At">When that was (UTC).</param>
public sealed record EvidenceDetails(long Entry, string Words, DateTimeOffset At);

/// <summary>One of the five steps of a recovery, verified from what happened.</summary>
/// <param name="Name">acknowledge, apologise, fix, attitude or urgency.</param>
/// <param name="Met">What happened shows it.</param>
/// <param name="Evidence">What shows that it is met; where it is not, the salt or the late answers.</param>
/// <param name="Gaps">Why it is not met: not-yet, not-read, missing, salt, nobody-owns, no-next-step or late; empty when it is.</param>
public sealed record StepDetails(RecoveryStepName Name, bool Met, IReadOnlyList<EvidenceDetails> Evidence, IReadOnlyList<StepGap> Gaps);

/// <summary>The recovery of a conversation (docs/method.md, A2).</summary>
/// <param name="State">open, restored or lost; null when nothing had gone wrong.</param>
/// <param name="Steps">The five steps in their order; none when there is no recovery.</param>
/// <param name="OutsideCause">Who else caused it; null for nobody.</param>
public sealed record RecoveryDetails(RecoveryState? State, IReadOnlyList<StepDetails> Steps, string? OutsideCause)
{
    /// <summary>What an open one waits for: said-no, answer, fix or confidence; null when none is open.</summary>
    public RecoveryWait? Wait { get; init; }

    /// <summary>When it opened (UTC); null without one.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was restored or lost (UTC).</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Why a contact was graded so.</summary>
/// <param name="Code">confirmed, said-no, thanked, mood-rose, mood-fell, quicker, slower, smoother, rougher, promise-early, promise-broken, restored or lost.</param>
/// <param name="Weight">How much it counts: above zero for the better.</param>
public sealed record ReasonDetails(string Code, int Weight);

/// <summary>What was usual for such matters in the 13 weeks before.</summary>
/// <param name="Of">Of how many conversations that is told.</param>
/// <param name="Alike">driver-and-channel, driver, channel or all.</param>
/// <param name="HoldSeconds">Half of them waited no longer for a person.</param>
/// <param name="Friction">How much friction they had on average.</param>
public sealed record BaselineDetails(int Of, BaselineKind Alike, long HoldSeconds, double Friction);

/// <summary>How a contact compares with what is usual (docs/method.md, A4).</summary>
/// <param name="Grade">magic, mediocre or misery; null while nobody has answered.</param>
/// <param name="Reasons">Its reasons, the weightiest first.</param>
/// <param name="Baseline">What it was measured by; null where too little was known.</param>
public sealed record MomentDetails(MomentGrade? Grade, IReadOnlyList<ReasonDetails> Reasons, BaselineDetails? Baseline);

/// <summary>What made it hard for the customer (docs/method.md, A1).</summary>
/// <param name="Hold">Seconds from their first word to the first answer of a person; while they wait, until now; null while no customer has written, and where nobody ever answered.</param>
/// <param name="Transfers">Changes of the person or team.</param>
/// <param name="Repeats">How often they wrote again unanswered, or said the same again.</param>
/// <param name="ReAsks">What we asked for although they had said it.</param>
/// <param name="ChannelSwitches">How often they went on elsewhere.</param>
/// <param name="BotLoops">How often they answered automatic words before a person came.</param>
public sealed record FrictionDetails(long? Hold, int Transfers, int Repeats, int ReAsks, int ChannelSwitches, int BotLoops);

/// <summary>The figures of a conversation.</summary>
public sealed record FiguresDetails(RecoveryDetails Recovery, MomentDetails Moment, FrictionDetails Friction)
{
    /// <summary>Nothing to say yet.</summary>
    public static FiguresDetails None { get; } = new(new(null, [], null), new(null, [], null), new(null, 0, 0, 0, 0, 0));

    internal static async Task<FiguresDetails> Of(HeliotropeDb db, long number, DateTimeOffset now)
    {
        var found = await db.Conversations.Where(c => c.Number == number)
            .Select(c => new { c.HappinessStartedAt, c.WaitingSince, Figures = db.Figures.FirstOrDefault(f => f.ConversationNumber == c.Number) }).AsNoTracking().FirstOrDefaultAsync();
        if (found?.Figures is not { } figures)
        {
            return None;
        }

        var hold = figures.HoldSeconds ?? (found is { HappinessStartedAt: { } started, WaitingSince: not null } ? (long)(now - started).TotalSeconds : null);
        return new(
            figures.Recovery is null ? None.Recovery : await RecoveryOf(db, figures),
            new(figures.Grade, Reasons(figures.Reasons), figures.Baseline is { } b ? new(b.Of, b.Alike, (long)b.Hold.TotalSeconds, b.Friction) : null),
            new(hold, figures.Transfers, figures.Repeats, figures.ReAsks, figures.ChannelSwitches, figures.BotLoops));
    }

    /// <summary>The steps are not kept: their evidence is read from the entries again.</summary>
    private static async Task<RecoveryDetails> RecoveryOf(HeliotropeDb db, ConversationFigures figures)
    {
        var told = await Histories.Of(db, [figures.ConversationNumber]);
        if (told is not [var one] || RecoveryCourse.Of(one.History.Happened, one.History.Complaint) is not { } course)
        {
            return None.Recovery;
        }

        var entries = one.History.Happened.ToDictionary(h => h.Id);
        EvidenceDetails Evidence(StepEvidence e) => new(e.Entry, Words(entries[e.Entry], e), entries[e.Entry].At);
        return new(course.State, [.. course.Steps.Select(s => new StepDetails(s.Name, s.Met, [.. s.Evidence.Select(Evidence)], s.Gaps))], course.OutsideCause is { Length: > 0 } cause ? cause : null)
        {
            Wait = course.Wait,
            OpenedAt = course.OpenedAt,
            EndedAt = course.EndedAt,
        };
    }

    private static string Words(Happened entry, StepEvidence evidence) =>
        entry.Kind is EntryKind.Event ? entry.Detail : entry.Text.Substring(evidence.At, evidence.Length).Trim();

    internal static IReadOnlyList<ReasonDetails> Reasons(string kept) =>
        [.. kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(reason => reason.LastIndexOfAny(['+', '-']) is var sign and > 0
            ? new ReasonDetails(reason[..sign], int.Parse(reason[sign..], System.Globalization.CultureInfo.InvariantCulture)) : new(reason, 0))];
}
