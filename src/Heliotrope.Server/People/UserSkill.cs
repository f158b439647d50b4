namespace Heliotrope.Server.People;

/// <summary>A driver that somebody knows: conversations about it are theirs first.</summary>
public sealed class UserSkill
{
    /// <summary>Who.</summary>
    public long UserId { get; set; }

    /// <summary>Which driver.</summary>
    public long DriverId { get; set; }
}
