using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Conversations;

/// <summary>Opens a conversation again: there is more to do.</summary>
internal sealed class Reopen(Store store, Current<TeamRules> rules, TimeProvider time)
{
    public Task<Done> Run(Actor actor, long number, CancellationToken cancel) =>
        store.ChangeUndoably(actor, "reopen", number, async (_, conversation) => conversation.Reopen(actor, time.Now(), (await rules.Get()).For(conversation)).Refusal, cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/reopen",
            async (long number, Reopen reopen, HttpContext http) => await http.Shown(number, await reopen.Run(http.Actor(), number, http.RequestAborted)))
        .WithName("reopen").WithSummary("Open a conversation again").Answers<ConversationDetails>();
}
