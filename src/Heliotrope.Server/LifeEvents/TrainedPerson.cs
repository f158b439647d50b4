using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>A colleague who is trained for hard times: such conversations go to them by themselves.</summary>
public sealed class TrainedPerson : IOrganisationSetting
{
    public long UserId { get; set; }

    /// <summary>Who says so.</summary>
    public string ByName { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

/// <summary>Everybody who is trained, as it stands now.</summary>
internal sealed class TrainedPeople(IReadOnlySet<long> users)
{
    public static async Task<TrainedPeople> Of(HeliotropeDb db) => new((await db.TrainedPeople.Select(t => t.UserId).ToListAsync()).ToHashSet());

    public bool Any => users.Count > 0;

    public bool Contains(long user) => users.Contains(user);

    public bool Contains(string? user) => long.TryParse(user, out var id) && users.Contains(id);
}

/// <summary>A link to the family's page; it leads there for a while, and its token is in the mail alone.</summary>
public sealed class FamilyLink
{
    /// <summary>How long it leads there: settling somebody's affairs takes weeks.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    public long Id { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public byte[] TokenHash { get; set; } = [];

    public long LifeEventId { get; set; }

    /// <summary>For whom it was made; null when they are no contact any more, or for whoever wrote.</summary>
    public long? ContactId { get; set; }

    /// <summary>Where what they say there is said.</summary>
    public long ConversationNumber { get; set; }

    public string Language { get; set; } = "en";

    public DateTimeOffset ExpiresAt { get; set; }
}
