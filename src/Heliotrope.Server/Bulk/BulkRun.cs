using Heliotrope.Server.Database;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Bulk;

/// <summary>Something that a person has done to many conversations, while it is being done and for some days after.</summary>
public sealed class BulkRun : INotUndone
{
    /// <summary>How long it is kept: as long as it can be taken back.</summary>
    public static readonly TimeSpan Lifetime = UndoStep.Lifetime;

    /// <summary>A batch takes a second at most; whoever is silent for longer was stopped.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>Whose it is; nobody else sees it.</summary>
    public long UserId { get; set; }

    /// <summary>The acts, as <see cref="Core.Acts.ActList"/> writes them.</summary>
    public string Acts { get; set; } = "";

    /// <summary>The address of the list that they were chosen in.</summary>
    public string List { get; set; } = "";

    /// <summary>How many conversations there are to go through.</summary>
    public int Total { get; set; }

    /// <summary>How many were gone through.</summary>
    public int Done { get; set; }

    /// <summary>How many of them were changed.</summary>
    public int Changed { get; set; }

    /// <summary>How many were so already.</summary>
    public int Same { get; set; }

    /// <summary>Those that could not be changed, as lines of a number and a code.</summary>
    public string Refused { get; set; } = "";

    /// <summary>What takes it back, in the journal; null while nothing was changed.</summary>
    public long? StepId { get; set; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last went on (UTC).</summary>
    public DateTimeOffset BeatAt { get; set; }

    /// <summary>When it came to its end (UTC); null before.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
