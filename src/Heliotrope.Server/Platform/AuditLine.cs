using Heliotrope.Core.People;

namespace Heliotrope.Server.Platform;

/// <summary>Who changed what outside conversations, whose own entries tell their story.</summary>
public sealed class AuditLine : Database.INotUndone
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What kind of actor.</summary>
    public ActorKind ActorKind { get; set; }

    /// <summary>The user's or the key's id; null for what has none.</summary>
    public long? ActorId { get; set; }

    /// <summary>The name as it was then.</summary>
    public string ActorName { get; set; } = "";

    /// <summary>A stable code, such as <c>user.added</c>.</summary>
    public string Action { get; set; } = "";

    /// <summary>What about, in a few words; never a secret.</summary>
    public string Detail { get; set; } = "";

    internal static AuditLine Of(Actor actor, string action, string detail, DateTimeOffset at) => new()
    {
        At = at,
        ActorKind = actor.Kind,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Action = action,
        Detail = detail,
    };
}

/// <summary>A key of ASP.NET Core's Data Protection, kept in the database so that every process can read every cookie.</summary>
public sealed class ProtectionKey
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>As Data Protection calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The key, as Data Protection writes it.</summary>
    public string Xml { get; set; } = "";
}
