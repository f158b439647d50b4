using Heliotrope.Core.People;
using Microsoft.AspNetCore.Identity;

namespace Heliotrope.Server.People;

/// <summary>A colleague who can sign in. Identity keeps the password, lockout and security stamp.</summary>
public sealed class User : IdentityUser<long>
{
    /// <summary>For whom nobody has said otherwise.</summary>
    public const int UsualRoom = 20;

    /// <summary>A desk that is open says so every minute; after this long nobody sits there.</summary>
    public static readonly TimeSpan SeenFor = TimeSpan.FromMinutes(5);

    public string Name { get; set; } = "";

    public Role Role { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal Actor AsActor() => new(ActorKind.Person, Id, Name, Role);

    /// <summary>Part of the demo company, and removed with it. Nobody can sign in as one.</summary>
    public bool Demo { get; set; }

    /// <summary>The languages they write: two-letter codes, separated by a comma; empty while nobody has said.</summary>
    public string Languages { get; set; } = "";

    /// <summary>How many conversations that wait for an answer they can have at once.</summary>
    public int Room { get; set; } = UsualRoom;

    /// <summary>They said that they are away.</summary>
    public bool Away { get; set; }

    /// <summary>Until when they are away (UTC); null when they did not say.</summary>
    public DateTimeOffset? AwayUntil { get; set; }

    /// <summary>When their desk was last open (UTC), to the minute; null for never.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>When they were last given a conversation by itself (UTC); null for never.</summary>
    public DateTimeOffset? LastGivenAt { get; set; }

    /// <summary>When they left (UTC): they sign in no more, and what they did keeps their name. Null for whoever works here.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>Whether they are away at an instant.</summary>
    internal bool IsAway(DateTimeOffset now) => Away && (AwayUntil is null || AwayUntil > now);

    /// <summary>Whether they are at work: their desk is open, and they did not say that they are away.</summary>
    internal bool IsAtWork(DateTimeOffset now) => LeftAt is null && !IsAway(now) && now - SeenAt < SeenFor;
}
