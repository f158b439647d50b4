using System.Text.Json.Serialization;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Macros;

/// <summary>What a macro says and does.</summary>
/// <param name="Name">Its name: 1 to 80 characters.</param>
/// <param name="Text">The words for every language that has none of its own, in Markdown, with merge fields such as <c>{{customer.first_name | there}}</c>.</param>
/// <param name="Texts">The words by language, as two-letter codes.</param>
/// <param name="Acts">What is done along with the sending; null or empty for nothing.</param>
/// <param name="Own">Whether only its author is offered it; programs have none of their own.</param>
/// <param name="Team">The id or the name of the team that shares it; null for everybody.</param>
/// <param name="Brand">The id or the name of the brand in whose conversations alone it is offered; null for all.</param>
public sealed record MacroBody(
    string? Name, string? Text = null, IReadOnlyDictionary<string, string?>? Texts = null, IReadOnlyList<ActBody?>? Acts = null, bool Own = false,
    [property: JsonConverter(typeof(TextOrNumber))] string? Team = null, [property: JsonConverter(typeof(TextOrNumber))] string? Brand = null);

/// <summary>A macro.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">The words for every language that has none of its own; empty when there are none.</param>
/// <param name="Texts">The words by language.</param>
/// <param name="Acts">What is done along with the sending.</param>
/// <param name="Own">Whether only its author is offered it.</param>
/// <param name="Team">The team that shares it; null for its author's own and for everybody's.</param>
/// <param name="Uses">How often it was sent.</param>
/// <param name="UsedAt">When it was last sent (UTC); null for never.</param>
/// <param name="UpdatedAt">When it was last written (UTC).</param>
public sealed record MacroDetails(
    long Id, string Name, string Text, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<ActBody> Acts, bool Own, NamedRef? Team, int Uses, DateTimeOffset? UsedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The brand in whose conversations alone it is offered; null for all.</summary>
    public NamedRef? Brand { get; init; }
}

/// <summary>Which macros somebody is offered.</summary>
internal static class MacroSight
{
    /// <summary>Everybody's, their own, and those of teams: of theirs, and of all that they see when they lead.</summary>
    public static IQueryable<Macro> MacrosFor(this HeliotropeDb db, Actor actor)
    {
        var (user, leads) = (actor.Person, actor.MayLead);
        return db.Macros.Where(m => m.OwnerId != null ? m.OwnerId == user
            : m.TeamId == null || (!db.HiddenTeams.Contains(m.TeamId.Value) && (leads || db.TeamMembers.Any(t => t.TeamId == m.TeamId && t.UserId == user))));
    }

    /// <summary>Those of them that are offered in a conversation: all but other brands'.</summary>
    public static IQueryable<Macro> MacrosIn(this HeliotropeDb db, Actor actor, long number) =>
        db.MacrosFor(actor).Where(m => m.BrandId == null || db.Conversations.Any(c => c.Number == number && db.OurAddresses.Any(a => a.Address == c.OurAddress && a.BrandId == m.BrandId)));

    /// <summary>Their own everybody may change, what others use too only whoever leads.</summary>
    public static bool MayChange(Actor actor, Macro macro) => macro.OwnerId is { } owner ? actor.Person == owner : actor.MayLead;
}
