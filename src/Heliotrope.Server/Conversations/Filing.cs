using System.Globalization;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>How a conversation is filed, and what could be chosen instead.</summary>
/// <param name="Team">The team's id; null when none answers for it.</param>
/// <param name="Driver">The driver's id; null while nobody has said why they wrote.</param>
/// <param name="Tags">The tags on it, in order.</param>
/// <param name="Teams">Every team.</param>
/// <param name="Drivers">Every driver.</param>
/// <param name="KnownTags">Tags that exist, to choose from.</param>
/// <param name="AnswerDueAt">When an answer is due (UTC); null when none is.</param>
/// <param name="SnoozedUntil">Until when it rests (UTC); null when it does not.</param>
/// <param name="Spam">It is in the spam folder.</param>
/// <param name="Demo">It is part of the demo company.</param>
/// <param name="Follows">The conversation that it follows; null for most.</param>
/// <param name="FollowedBy">The conversation that follows it; null for most.</param>
public sealed record FilingView(
    string? Team, string? Driver, IReadOnlyList<string> Tags, IReadOnlyList<PersonChoice> Teams, IReadOnlyList<PersonChoice> Drivers, IReadOnlyList<string> KnownTags,
    DateTimeOffset? AnswerDueAt = null, DateTimeOffset? SnoozedUntil = null, bool Spam = false, bool Demo = false,
    long? Follows = null, long? FollowedBy = null)
{
    /// <summary>Filed nowhere, with nothing to choose.</summary>
    public static FilingView None { get; } = new(null, null, [], [], [], []);

    /// <summary>The brand that they wrote to, where there is more than one face; null otherwise.</summary>
    public string? Brand { get; init; }

    public PersonChoice? TeamChosen => Teams.FirstOrDefault(team => team.Id == Team);

    public PersonChoice? DriverChosen => Drivers.FirstOrDefault(driver => driver.Id == Driver);
}

/// <summary>Reads how a conversation is filed, for its page.</summary>
internal static class Filing
{
    public static async Task<FilingView> Of(HeliotropeDb db, ConversationDetails details, IReadOnlyDictionary<string, string> brands)
    {
        var teams = await Names.OfTeams(db);
        var drivers = await Names.OfDrivers(db);
        var tags = await db.Tags.Where(t => db.ConversationTags.Any(c => c.TagId == t.Id)).OrderBy(t => t.Name).Take(ChangeTags.MostInAll).Select(t => t.Name).ToListAsync();
        var filing = details.Filing;
        return new(
            Id(filing.Team?.Id), Id(filing.Driver?.Id), filing.Tags,
            teams.ConvertAll(t => new PersonChoice(Id(t.Id)!, t.Name)),
            drivers.ConvertAll(d => new PersonChoice(Id(d.Id)!, d.Name)),
            tags, filing.AnswerDueAt, filing.SnoozedUntil, filing.Spam, filing.Demo, filing.Follows, filing.FollowedBy)
        {
            Brand = brands.GetValueOrDefault(filing.OurAddress),
        };
    }

    private static string? Id(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
