using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Figures;

/// <summary>
/// What reports need to know of one conversation. A value of few bytes, since half a million objects would be work for the garbage collector; times are kept
/// in microseconds, as the database has them.
/// </summary>
internal readonly record struct MatterFigures
{
    public long Number { get; init; }

    public long StartedMicro { get; init; }

    /// <summary>-1 while it runs.</summary>
    public long EndedMicro { get; init; }

    public HappinessEnd? End { get; init; }

    public Channel Channel { get; init; }

    public MomentGrade? Grade { get; init; }

    public sbyte Score { get; init; }

    public RecoveryState? Recovery { get; init; }

    public byte StepsMissed { get; init; }

    public bool Demo { get; init; }

    public bool? FirstOnTime { get; init; }

    public int NextOnTime { get; init; }

    public int NextLate { get; init; }

    /// <summary>In seconds; -1 while no person has answered.</summary>
    public int Hold { get; init; }

    public int Transfers { get; init; }

    public int Repeats { get; init; }

    public int ReAsks { get; init; }

    public int ChannelSwitches { get; init; }

    public int BotLoops { get; init; }

    /// <summary>From its opening to its end in seconds; -1 while it is open, and where there is none.</summary>
    public int RecoverySeconds { get; init; }

    /// <summary>0 for none, here and below.</summary>
    public int Team { get; init; }

    public int Driver { get; init; }

    public int Person { get; init; }

    public DateTimeOffset StartedAt => At(StartedMicro);

    public DateTimeOffset? EndedAt => EndedMicro < 0 ? null : At(EndedMicro);

    public DateOnly Day => Zone.DayOf(StartedAt);

    public OnTime Answers => new(FirstOnTime, NextOnTime, NextLate);

    /// <summary>All friction that is counted and not timed.</summary>
    public int Friction => Transfers + Repeats + ReAsks + ChannelSwitches + BotLoops;

    public static long Micro(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset At(long micro) => new(DateTimeOffset.UnixEpoch.Ticks + (micro * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
