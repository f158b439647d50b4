using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Teams;

/// <summary>Which team should answer for it.</summary>
/// <param name="Team">The id or the name of a team; null or empty for none.</param>
public sealed record GiveToTeamBody([property: JsonConverter(typeof(TextOrNumber))] string? Team);

/// <summary>Gives a conversation to a team. When an answer is due is counted by the team's hours from then on.</summary>
internal sealed class GiveToTeam(Store store, Current<TeamRules> rules, TimeProvider time)
{
    public Task<Done> Run(Actor actor, long number, GiveToTeamBody body, CancellationToken cancel) => store.ChangeUndoably(
        actor,
        "team",
        number,
        async (db, conversation) =>
        {
            var team = Names.Find(await Names.OfTeams(db), body.Team, Refusal.Invalid("team.unknown", "No team has this id or name.", "team"));
            if (team.Refusal is null)
            {
                Do(conversation, actor, team.Value, await rules.Get(), time.Now());
            }

            return team.Refusal;
        },
        cancel);

    /// <summary>Gives it to a team, or to none.</summary>
    public static void Do(Conversation conversation, Actor actor, NamedRef? team, TeamRules rules, DateTimeOffset now) =>
        conversation.GiveToTeam(actor, team?.Id, team?.Name ?? "", rules.For(team?.Id, conversation.DriverId, conversation.OurAddress), now);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/team",
            async (long number, GiveToTeamBody body, GiveToTeam give, HttpContext http) => await http.Shown(number, await give.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("giveToTeam").WithSummary("Give a conversation to a team, or to none").Answers<ConversationDetails>();
}
