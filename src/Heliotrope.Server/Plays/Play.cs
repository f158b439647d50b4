using Heliotrope.Core.Conversations;
using Heliotrope.Core.Plays;

namespace Heliotrope.Server.Plays;

/// <summary>What has become of a play.</summary>
public enum PlayState
{
    /// <summary>Somebody, or the desk, suggests it; a lead decides.</summary>
    Suggested,

    /// <summary>It is offered where its situation arises.</summary>
    InUse,

    /// <summary>It was suggested and is not wanted; known, so that it is not suggested again.</summary>
    Dropped,
}

/// <summary>A play of the manual: when this happens, that works best (docs/method.md, D2).</summary>
public sealed class Play
{
    /// <summary>The longest title, in characters: it is read in a list.</summary>
    public const int MaxTitle = 120;

    /// <summary>The longest words, in characters: as long as the longest reply.</summary>
    public const int MaxWords = Conversation.MaxText;

    /// <summary>More steps than these nobody follows.</summary>
    public const int MostSteps = 20;

    /// <summary>The longest step, in characters.</summary>
    public const int MaxStep = 300;

    /// <summary>More than a manual holds that anybody knows; those that were dropped are counted.</summary>
    public const int MostInAll = 1_000;

    public long Id { get; set; }

    public string Title { get; set; } = "";

    public PlayState State { get; set; }

    /// <summary>The driver that it is for; null for any. One that is gone leaves it for nothing: it must not be offered for everything.</summary>
    public long? DriverId { get; set; }

    /// <summary>The mood that it is for; null for any.</summary>
    public PlayMood? Mood { get; set; }

    /// <summary>The segment that it is for; null for everybody. As with the driver when it is gone.</summary>
    public long? SegmentId { get; set; }

    /// <summary>What to do, one step a line.</summary>
    public string Steps { get; set; } = "";

    /// <summary>What to say: Markdown with merge fields.</summary>
    public string Words { get; set; } = "";

    /// <summary>Who wrote it; null for a program, for the desk and for somebody who is gone.</summary>
    public long? AuthorId { get; set; }

    /// <summary>The name of who wrote it; empty when the desk suggested it by itself.</summary>
    public string AuthorName { get; set; } = "";

    /// <summary>The conversation that it came from; null when it came from none. Whoever may not see that one does not see what was made of it.</summary>
    public long? ConversationNumber { get; set; }

    /// <summary>The reply that it came from.</summary>
    public long? EntryId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when it is in use (UTC); null when it is not.</summary>
    public DateTimeOffset? InUseSince { get; set; }

    /// <summary>When somebody last wrote it or said that it still holds (UTC).</summary>
    public DateTimeOffset LookedAt { get; set; }

    public bool Demo { get; set; }

    /// <summary>When it is the one.</summary>
    public Situation Situation => new(DriverId, Mood, SegmentId);

    /// <summary>What to do, step by step.</summary>
    public IReadOnlyList<string> StepList => Steps.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>That a play was used in a conversation: its words, or it by itself where it has none, were in a reply that was sent.</summary>
public sealed class PlayUse
{
    public long Id { get; set; }

    public long PlayId { get; set; }

    public long ConversationNumber { get; set; }

    /// <summary>Who sent it; null for somebody who is gone.</summary>
    public long? UserId { get; set; }

    /// <summary>When it was last sent there (UTC).</summary>
    public DateTimeOffset At { get; set; }
}
