using Heliotrope.Core.People;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Undo;

/// <summary>Something that was done and can be taken back (docs/decisions/0024).</summary>
public sealed class UndoStep : INotUndone
{
    /// <summary>How long it can be taken back.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>Of the token that takes it back, which only whoever did it was given.</summary>
    public byte[] TokenHash { get; set; } = [];

    /// <summary>What kind of actor did it.</summary>
    public ActorKind ActorKind { get; set; }

    /// <summary>The user's or the key's id; null for what has none.</summary>
    public long? ActorId { get; set; }

    /// <summary>The role in which it was done: whoever has less by now may not take it back.</summary>
    public Role Role { get; set; }

    /// <summary>What was done, as the end of its words' key.</summary>
    public string What { get; set; } = "";

    /// <summary>About what, in a few words; empty when nothing needs to be said.</summary>
    public string About { get; set; } = "";

    /// <summary>How many rows it changed: when fewer are known, part of it was removed and it stands.</summary>
    public int Rows { get; set; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it was taken back (UTC); null while it stands.</summary>
    public DateTimeOffset? TakenBackAt { get; set; }

    internal bool IsOf(Actor actor) => ActorKind == actor.Kind && ActorId == actor.Id;
}

/// <summary>A row that was changed, as it was before and as it was left.</summary>
public sealed class UndoRow : INotUndone
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>By what.</summary>
    public long StepId { get; set; }

    /// <summary>The table.</summary>
    public string InTable { get; set; } = "";

    /// <summary>The values of its key, as a list in JSON.</summary>
    public string Key { get; set; } = "";

    /// <summary>What it held, of those columns that were changed; null when it was added.</summary>
    public string? Before { get; set; }

    /// <summary>What it was left with; null when it was removed.</summary>
    public string? After { get; set; }

    /// <summary>The conversation that it belongs to, with which it goes; null for none.</summary>
    public long? ConversationNumber { get; set; }

    /// <summary>The customer that it belongs to, with whom it goes; null for none.</summary>
    public long? CustomerId { get; set; }
}
