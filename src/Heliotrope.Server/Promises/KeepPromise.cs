using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Promises;

/// <summary>Says that what was promised is done.</summary>
internal sealed class KeepPromise(ChangePromise promises, TimeProvider time)
{
    public Task<Refusal?> Run(Actor actor, long number, long id, CancellationToken cancel) => promises.Run(
        actor,
        number,
        id,
        (_, conversation, promise, hours) =>
        {
            var now = time.Now();
            var refusal = promise.Keep(now, hours);
            if (refusal is null)
            {
                conversation.NotePromise(actor, "kept", promise.Text, now);
            }

            return Task.FromResult(refusal);
        },
        cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/promises/{id:long}/keep",
            async (long number, long id, KeepPromise keep, HttpContext http) => await http.Shown(number, await keep.Run(http.Actor(), number, id, http.RequestAborted)))
        .WithName("keepPromise").WithSummary("Say that what was promised is done").Answers<ConversationDetails>();
}
