using Heliotrope.Core.People;
using Microsoft.AspNetCore.Identity;

namespace Heliotrope.Server.People;

/// <summary>A colleague who can sign in. Identity keeps the password, lockout and security stamp.</summary>
public sealed class User : IdentityUser<long>
{
    public string Name { get; set; } = "";

    public Role Role { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal Actor AsActor() => new(ActorKind.Person, Id, Name, Role);

    /// <summary>Part of the demo company, and removed with it. Nobody can sign in as one.</summary>
    public bool Demo { get; set; }
}
