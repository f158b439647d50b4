using Heliotrope.Core.Coach;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Moments;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Recovery;

namespace Heliotrope.Server.Morning;

/// <summary>What somebody needs to know before they begin (docs/method.md, A2, A3 and A4): one screen.</summary>
/// <param name="Mine">What is theirs.</param>
/// <param name="Team">What leads need to know; null for all others.</param>
public sealed record MorningView(MyMorning Mine, TeamMorning? Team);

/// <summary>What is somebody's own.</summary>
/// <param name="Overdue">Promises that are overdue.</param>
/// <param name="AtRisk">Promises that are at risk.</param>
/// <param name="Today">Other promises of today.</param>
/// <param name="Next">The next of all these, at most five.</param>
/// <param name="Recoveries">Their open recoveries, what presses most first, at most five.</param>
/// <param name="RecoveriesInAll">How many there are.</param>
/// <param name="Moments">Their newest moments, the oldest of them first, at most twenty.</param>
/// <param name="Run">How many of the newest in a row were no misery.</param>
/// <param name="Learn">One thing to learn; null when nothing stands out.</param>
public sealed record MyMorning(
    int Overdue, int AtRisk, int Today, IReadOnlyList<PromiseRow> Next, IReadOnlyList<OpenRecovery> Recoveries, int RecoveriesInAll, IReadOnlyList<MomentDot> Moments, int Run, LearnThis? Learn);

/// <summary>A moment as a dot.</summary>
/// <param name="Number">The conversation.</param>
/// <param name="Grade">Its grade.</param>
public sealed record MomentDot(long Number, MomentGrade Grade);

/// <summary>What would help most: the remark of the coach that was sent unheeded most often, or the step of a recovery that was missed most often.</summary>
/// <param name="Remark">The kind of remark; null when it is a step.</param>
/// <param name="Step">The step; null when it is a remark.</param>
/// <param name="Count">How often, in the last 90 days.</param>
/// <param name="Href">Where they can be looked at.</param>
public sealed record LearnThis(RemarkKind? Remark, RecoveryStepName? Step, int Count, string Href);

/// <summary>What leads need to know.</summary>
/// <param name="Hurts">The drivers that hurt most in the last seven days, the worst first, at most three.</param>
/// <param name="Frictions">The three worst frictions of the last seven days, with the driver's name.</param>
/// <param name="From">The first of these days.</param>
/// <param name="To">The last of them.</param>
/// <param name="Waits">Open recoveries by what they wait for.</param>
/// <param name="OverdueNow">How many conversations wait past their time.</param>
/// <param name="NobodyHas">How many that wait for us nobody has.</param>
/// <param name="PromisesAtRisk">How many promises of all are overdue or at risk.</param>
/// <param name="Help">Who needs help most, at most three.</param>
public sealed record TeamMorning(
    IReadOnlyList<DriverHurt> Hurts, IReadOnlyList<(WorstFriction Friction, string? Driver)> Frictions, DateOnly From, DateOnly To, IReadOnlyDictionary<RecoveryWait, int> Waits, int OverdueNow, int NobodyHas,
    int PromisesAtRisk, IReadOnlyList<NeedsHelp> Help);

/// <summary>A driver and how it went.</summary>
/// <param name="Driver">Its id; 0 for none.</param>
/// <param name="Name">Its name; null for none.</param>
/// <param name="Unhappy">How many ended unhappy.</param>
/// <param name="Ended">Of how many that ended.</param>
/// <param name="Total">How many wrote.</param>
public sealed record DriverHurt(long Driver, string? Name, int Unhappy, int Ended, int Total);

/// <summary>A colleague whose work piles up, or whose last conversations went wrong. It is told so that somebody helps.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Overdue">How many of theirs wait past their time.</param>
/// <param name="Recoveries">How many recoveries they have open.</param>
/// <param name="Misery">How many of their newest ten moments were misery.</param>
public sealed record NeedsHelp(long Id, string Name, int Overdue, int Recoveries, int Misery);
