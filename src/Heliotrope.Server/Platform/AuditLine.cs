using Heliotrope.Core.People;

namespace Heliotrope.Server.Platform;

/// <summary>Who changed what outside conversations, whose own entries tell their story.</summary>
public sealed class AuditLine
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public ActorKind ActorKind { get; set; }

    public long? ActorId { get; set; }

    public string ActorName { get; set; } = "";

    /// <summary>A stable code, such as <c>user.added</c>.</summary>
    public string Action { get; set; } = "";

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
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string Xml { get; set; } = "";
}
