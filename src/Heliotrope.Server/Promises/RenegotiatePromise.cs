using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Promises;

/// <summary>Another time for what was promised.</summary>
/// <param name="Due">By when now, written as for a new promise.</param>
/// <param name="Text">What we will do now; the same as before when not said.</param>
public sealed record RenegotiateBody(string? Due, string? Text = null);

/// <summary>Notes that the customer was told of another time before the promised one came (docs/method.md, A3).</summary>
internal sealed class RenegotiatePromise(ChangePromise promises, TimeProvider time)
{
    public Task<Refusal?> Run(Actor actor, long number, long id, RenegotiateBody body, CancellationToken cancel) => promises.Run(
        actor,
        number,
        id,
        (db, conversation, promise, hours) =>
        {
            var now = time.Now();
            var due = PromiseDue.Read(body.Due, hours);
            if (due.Refusal is { } refusal)
            {
                return Task.FromResult<Refusal?>(refusal);
            }

            var text = string.IsNullOrWhiteSpace(body.Text) ? promise.Text : body.Text.Storable(int.MaxValue);
            var next = promise.Renegotiate(new(text, due.Value.At, due.Value.DayOnly, promise.Deed), null, now, hours);
            if (next.Refusal is null)
            {
                db.Promises.Add(next.Value);
                conversation.NotePromise(actor, "renegotiated", promise.Text, now);
            }

            return Task.FromResult(next.Refusal);
        },
        cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/promises/{id:long}/renegotiate",
            async (long number, long id, RenegotiateBody body, RenegotiatePromise renegotiate, HttpContext http) =>
                await http.Shown(number, await renegotiate.Run(http.Actor(), number, id, body, http.RequestAborted)))
        .WithName("renegotiatePromise").WithSummary("Note that the customer was told of another time first").Answers<ConversationDetails>();
}
