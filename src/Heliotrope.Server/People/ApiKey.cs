using Heliotrope.Core.People;

namespace Heliotrope.Server.People;

/// <summary>A key for a program. Only its hash is kept: a random key of this length needs no slow hash.</summary>
public sealed class ApiKey
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public Role Role { get; set; }

    /// <summary>The first characters, by which people tell keys apart.</summary>
    public string Prefix { get; set; } = "";

    public byte[] Hash { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    internal Actor AsActor() => new(ActorKind.ApiKey, Id, Name, Role);
}
