using Heliotrope.Core.Coach;

namespace Heliotrope.Server.Coach;

/// <summary>"Not here": somebody wants no such remark in conversations with this driver.</summary>
public sealed class CoachSilence
{
    public long Id { get; set; }

    public long UserId { get; set; }

    /// <summary>Null for conversations without a driver.</summary>
    public long? DriverId { get; set; }

    public RemarkKind Kind { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>What became of a remark.</summary>
public enum RemarkOutcome
{
    /// <summary>It was gone when the reply was sent.</summary>
    Taken,

    /// <summary>It stood when the reply was sent.</summary>
    Ignored,
}

/// <summary>A kind of remark that was shown while a reply was written (docs/method.md, A5: shown, taken, ignored).</summary>
public sealed class CoachRemark
{
    public long Id { get; set; }

    public long ConversationNumber { get; set; }

    /// <summary>The reply.</summary>
    public long EntryId { get; set; }

    public long UserId { get; set; }

    public RemarkKind Kind { get; set; }

    public RemarkOutcome Outcome { get; set; }

    public DateTimeOffset At { get; set; }
}
