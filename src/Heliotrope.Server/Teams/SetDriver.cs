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

/// <summary>Why they had to write.</summary>
/// <param name="Driver">The id or the name of a driver; null or empty for none.</param>
public sealed record SetDriverBody([property: JsonConverter(typeof(TextOrNumber))] string? Driver);

/// <summary>Says why a customer had to contact us (docs/method.md, D1).</summary>
internal sealed class SetDriver(Store store, Current<TeamRules> rules, TimeProvider time)
{
    public Task<Done> Run(Actor actor, long number, SetDriverBody body, CancellationToken cancel) => store.ChangeUndoably(
        actor,
        "driver",
        number,
        async (db, conversation) =>
        {
            var driver = Names.Find(await Names.OfDrivers(db), body.Driver, Refusal.Invalid("driver.unknown", "There is no such driver.", "driver"));
            if (driver.Refusal is null)
            {
                Do(conversation, actor, driver.Value, await rules.Get(), time.Now());
            }

            return driver.Refusal;
        },
        cancel);

    /// <summary>Says why, or leaves it open.</summary>
    public static void Do(Conversation conversation, Actor actor, NamedRef? driver, TeamRules rules, DateTimeOffset now) =>
        conversation.SetDriver(actor, driver?.Id, driver?.Name ?? "", rules.For(conversation.TeamId, driver?.Id, conversation.OurAddress), now);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/driver",
            async (long number, SetDriverBody body, SetDriver set, HttpContext http) => await http.Shown(number, await set.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("setDriver").WithSummary("Say why the customer had to contact us").Answers<ConversationDetails>();
}
