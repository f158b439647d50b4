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

    private TeamRules(Dictionary<long, AnswerRules> teams, Dictionary<(long Team, long Driver), AnswerTarget> drivers) => (_teams, _drivers) = (teams, drivers);

    public static async Task<TeamRules> Of(HeliotropeDb db)
    {
        var teams = await db.Teams.AsNoTracking().ToDictionaryAsync(t => t.Id, t => new AnswerRules(HoursOf(t), Target(t.FirstAnswerMinutes, t.NextAnswerMinutes)));
        var drivers = await db.DriverTargets.AsNoTracking().ToDictionaryAsync(t => (t.TeamId, t.DriverId), t => Target(t.FirstAnswerMinutes, t.NextAnswerMinutes));
        return new(teams, drivers);
    }

    /// <summary>The rules of a team for a driver; the usual ones where no team answers.</summary>
    public AnswerRules For(long? team, long? driver)
    {
        if (team is not { } id || !_teams.TryGetValue(id, out var rules))
        {
            return AnswerRules.Usual;
        }

        return driver is { } why && _drivers.TryGetValue((id, why), out var target) ? rules with { Target = target } : rules;
    }

    public AnswerRules For(Conversation conversation) => For(conversation.TeamId, conversation.DriverId);

    // What is kept was checked when it was set; a zone that a newer list of zones renamed must not stop the desk.
    private static WorkingHours HoursOf(Team team) => WorkingHours.Parse(team.Zone, team.Hours, team.Holidays).Match(hours => hours, _ => WorkingHours.Usual);

    private static AnswerTarget Target(int first, int next) => new(TimeSpan.FromMinutes(first), TimeSpan.FromMinutes(next));
}
