using Heliotrope.Core.Conversations;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>When answers are due: the hours and targets of every team, as they are set now.</summary>
internal sealed class TeamRules
{
    private readonly Dictionary<long, AnswerRules> _teams;
    private readonly Dictionary<(long Team, long Driver), AnswerTarget> _drivers;

    private readonly Dictionary<string, WorkingHours> _brands;

    private TeamRules(Dictionary<long, AnswerRules> teams, Dictionary<(long Team, long Driver), AnswerTarget> drivers, Dictionary<string, WorkingHours> brands) =>
        (_teams, _drivers, _brands) = (teams, drivers, brands);

    public static async Task<TeamRules> Of(HeliotropeDb db)
    {
        var teams = await db.Teams.AsNoTracking().ToDictionaryAsync(t => t.Id, t => new AnswerRules(Read(t.Zone, t.Hours, t.Holidays), Target(t.FirstAnswerMinutes, t.NextAnswerMinutes)));
        var drivers = await db.DriverTargets.AsNoTracking().ToDictionaryAsync(t => (t.TeamId, t.DriverId), t => Target(t.FirstAnswerMinutes, t.NextAnswerMinutes));
        var brands = await db.OurAddresses.AsNoTracking()
            .Join(db.Brands.Where(b => b.Hours != ""), a => a.BrandId, b => b.Id, (a, b) => new { a.Address, b.Zone, b.Hours, b.Holidays }).ToListAsync();
        return new(teams, drivers, brands.ToDictionary(b => b.Address, b => Read(b.Zone, b.Hours, b.Holidays), StringComparer.Ordinal));
    }

    /// <summary>The rules of a team for a driver; the usual ones where no team answers. A brand's own hours go before the team's.</summary>
    /// <param name="team">The team; null for none.</param>
    /// <param name="driver">The driver; null for none.</param>
    /// <param name="ourAddress">Our address that the customer wrote to; empty where none is known.</param>
    public AnswerRules For(long? team, long? driver, string ourAddress) => Of(team, driver).During(_brands.GetValueOrDefault(ourAddress));

    public AnswerRules For(Conversation conversation) => For(conversation.TeamId, conversation.DriverId, conversation.OurAddress);

    private AnswerRules Of(long? team, long? driver)
    {
        if (team is not { } id || !_teams.TryGetValue(id, out var rules))
        {
            return AnswerRules.Usual;
        }

        return driver is { } why && _drivers.TryGetValue((id, why), out var target) ? rules with { Target = target } : rules;
    }

    // What is kept was checked when it was set; a zone that a newer list of zones renamed must not stop the desk.
    private static WorkingHours Read(string zone, string hours, string holidays) => WorkingHours.Parse(zone, hours, holidays).Match(read => read, _ => WorkingHours.Usual);

    private static AnswerTarget Target(int first, int next) => new(TimeSpan.FromMinutes(first), TimeSpan.FromMinutes(next));
}
