using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Conversations;

/// <summary>Words among colleagues.</summary>
/// <param name="Text">The words, in Markdown.</param>
public sealed record NoteBody(string? Text);

/// <summary>Says something among colleagues. It never leaves the desk.</summary>
internal sealed class Note(Store store, TimeProvider time)
{
    public Task<Result<ConversationDetails>> Run(Actor actor, long number, NoteBody body, CancellationToken cancel) =>
        store.Change(actor, number, (_, conversation) => Task.FromResult(conversation.Note(actor, (body.Text ?? "").Storable(int.MaxValue), time.Now()).Refusal), cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/notes",
            async (long number, NoteBody body, Note note, HttpContext http) => (await note.Run(http.Actor(), number, body, http.RequestAborted)).ToApi())
        .WithName("note").WithSummary("Say something among colleagues").Answers<ConversationDetails>();
}
