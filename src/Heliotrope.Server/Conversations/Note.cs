using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Words among colleagues.</summary>
/// <param name="Text">The words, in Markdown.</param>
public sealed record NoteBody(string? Text);

/// <summary>Says something among colleagues. It never leaves the desk.</summary>
internal sealed class Note(Store store, TimeProvider time)
{
    public Task<Refusal?> Run(Actor actor, long number, NoteBody body, CancellationToken cancel) =>
        store.Change(
            actor,
            actor.MayRead,
            number,
            async (db, conversation) =>
            {
                var now = time.Now();
                var note = conversation.Note(actor, (body.Text ?? "").Storable(int.MaxValue), now);
                if (note.Refusal is { } refusal)
                {
                    return refusal;
                }

                await MentionPeople.Write(db, conversation, note.Value, actor, now);

                // What it was written as has ended.
                if (actor.Kind is ActorKind.Person && await db.Drafts.FirstOrDefaultAsync(d => d.ConversationNumber == number && d.UserId == actor.Id && d.Kind == DraftKind.Note) is { } draft)
                {
                    db.Drafts.Remove(draft);
                }

                return null;
            },
            cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/notes",
            async (long number, NoteBody body, Note note, HttpContext http) => await http.Shown(number, await note.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("note").WithSummary("Say something among colleagues").Answers<ConversationDetails>().ForReaders();
}
