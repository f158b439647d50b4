using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Live;

/// <summary>What somebody does in a conversation right now. Say it again every ten seconds: it is forgotten after 25.</summary>
/// <param name="Conversation">The conversation's number.</param>
/// <param name="Doing">reading, writing-reply, writing-note, or gone.</param>
/// <param name="Page">A name for the window it is said from, 1 to 64 letters, digits and hyphens; one person may have several.</param>
public sealed record BePresentBody(long Conversation, Doing Doing, string? Page);

/// <summary>Says who reads or writes what. Told to open pages and to other processes, and stored nowhere.</summary>
internal sealed class BePresent(Store store, LiveUpdates live, Presence presence)
{
    public async Task<Result<PresenceDetails>> Run(Actor actor, BePresentBody body, CancellationToken cancel)
    {
        if (!actor.MayRead || actor.Id is not { } id)
        {
            return Refusal.NotAllowed;
        }

        if (body.Page is not { Length: >= 1 and <= 64 } page || !page.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            return Refusal.Invalid("page.malformed", "A window's name is 1 to 64 letters, digits and hyphens.", "page");
        }

        var beat = new Beat(body.Conversation, actor.Kind, id, actor.Name, page, body.Doing);
        var known = await store.Read(actor, async db =>
        {
            if (!await db.Conversations.AnyAsync(c => c.Number == body.Conversation, cancel))
            {
                return false;
            }

            await store.Engine.Announce(db, live.Pack(beat), cancel);
            return true;
        });
        if (!known)
        {
            return Refusal.NoConversation(body.Conversation);
        }

        presence.Hear(beat);
        return PresenceDetails.Of(presence, body.Conversation, actor);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/presence",
            async (BePresentBody body, BePresent be, HttpContext http) => (await be.Run(http.Actor(), body, http.RequestAborted)).ToApi())
        .WithName("bePresent").WithSummary("Say that you read or write a conversation right now").Answers<PresenceDetails>().ForReaders();

    /// <summary>The same for pages; what a page that is left sends last has nobody to read an answer.</summary>
    public static void MapPage(IEndpointRouteBuilder desk) => desk.MapPost("/presence",
        async ([FromForm] long conversation, [FromForm] string? doing, [FromForm] string? page, BePresent be, HttpContext http) =>
        {
            var does = doing switch { "writing-reply" => Doing.WritingReply, "writing-note" => Doing.WritingNote, "gone" => Doing.Gone, _ => Doing.Reading };
            return (await be.Run(http.Actor(), new(conversation, does, page), http.RequestAborted)).Match(_ => Results.NoContent(), Pages.Refused);
        }).ForReaders();
}
