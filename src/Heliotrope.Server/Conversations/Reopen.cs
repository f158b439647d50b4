using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Conversations;

/// <summary>Opens a conversation again: there is more to do.</summary>
internal sealed class Reopen(Store store, TimeProvider time)
{
    public Task<Result<ConversationDetails>> Run(Actor actor, long number, CancellationToken cancel) =>
        store.Change(actor, number, (_, conversation) => Task.FromResult(conversation.Reopen(actor, time.Now()).Refusal), cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/reopen",
            async (long number, Reopen reopen, HttpContext http) => (await reopen.Run(http.Actor(), number, http.RequestAborted)).ToApi())
        .WithName("reopen").WithSummary("Open a conversation again").Answers<ConversationDetails>();
}
