using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Where the composer's forms go, in a conversation and for a new one.</summary>
internal static class DraftEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var one = desk.MapGroup("/conversations/{number:long}");
        one.MapPost("/reply", Reply).WithMetadata(DraftForm.Limit);
        one.MapPost("/forward", Reply).WithMetadata(DraftForm.Limit);
        one.MapPost("/draft", (long number, SaveDraft save, HttpContext http) => Keep(number, save, http)).ForReaders(); // of a note
        one.MapPost("/draft/files", (long number, DraftFiles files, HttpContext http) => files.Change(number, http)).WithMetadata(DraftForm.Limit);
        one.MapPost("/undo", async (long number, UndoSend undo, HttpContext http) =>
        {
            // Too late is no error: the page shows that it has left.
            var form = await DraftForm.Read(http, number);
            var result = await undo.Run(http.Actor(), form.Body, http.RequestAborted);
            return result.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal) : Results.LocalRedirect($"/conversations/{number}");
        });

        ChangeWaiting.MapPage(one);

        var fresh = desk.MapGroup("/conversations/new");
        fresh.MapGet("", (long? draft, long? customer, NewConversationPages show, HttpContext http) => show.Show(http, draft, customer, null));
        fresh.MapPost("", Start).WithMetadata(DraftForm.Limit);
        fresh.MapPost("/draft", (SaveDraft save, HttpContext http) => Keep(null, save, http));
        fresh.MapPost("/draft/files", (DraftFiles files, HttpContext http) => files.Change(null, http)).WithMetadata(DraftForm.Limit);
        fresh.MapPost("/undo", async (UndoSend undo, HttpContext http) =>
        {
            var form = await DraftForm.Read(http, null);
            var result = await undo.Run(http.Actor(), form.Body, http.RequestAborted);
            return result.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal) : Results.LocalRedirect(NewAddress(form.Body.Id));
        });

        desk.MapGet("/uploads/{id:long}", async (long id, GetUpload get, HttpContext http) => GetAttachment.Picture(await get.Run(http.Actor(), id, http.RequestAborted), http));
    }

    public static string NewAddress(long? draft) =>
        draft is { } id ? string.Create(CultureInfo.InvariantCulture, $"/conversations/new?draft={id}") : "/conversations/new";

    private static async Task<IResult> Reply(long number, AddUploads add, SendDraft send, ConversationPages show, TimeProvider time, HttpContext http)
    {
        var form = await DraftForm.Read(http, number);
        form = form with { Body = form.Body with { Seen = form.Body.Seen ?? 0 } }; // whoever writes here has a page, which says what it shows
        var later = form.Later is { } choice ? LaterChoices.Read(choice, form.LaterAt, time.Now(), Zone.Here) : (Result<DateTimeOffset>?)null;
        var result = later?.Refusal is { } not ? not : await Send(http, form, add, send, later?.Value);
        return result.Refusal switch
        {
            null => Results.LocalRedirect($"/conversations/{number}"),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
            var refusal => await show.Show(http, number, Pages.Again(refusal with { Field = refusal.Code == Crossing.Code ? "crossed" : "text" }, form.Typed)),
        };
    }

    private static async Task<IResult> Start(AddUploads add, SendDraft send, NewConversationPages show, HttpContext http)
    {
        var form = await DraftForm.Read(http, null);
        var result = await Send(http, form, add, send);
        return result.Refusal switch
        {
            null => Results.LocalRedirect(result.Value.Conversation is { } number ? $"/conversations/{number}" : NewAddress(result.Value.Draft)),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
            var refusal => await show.Show(http, form.Body.Id, null, Pages.Again(refusal, form.Typed)),
        };
    }

    /// <summary>Files that were chosen without a script come with the words; they are put beside them first.</summary>
    private static async Task<Result<Departing>> Send(HttpContext http, DraftForm form, AddUploads add, SendDraft send, DateTimeOffset? later = null)
    {
        var body = form.Body;
        if (form.Files.Count > 0)
        {
            var added = await add.Run(http.Actor(), body, form.Age, form.Files, http.RequestAborted);
            if (added.Refusal is { } refusal)
            {
                return refusal;
            }

            body = body with { Id = body.Kind is DraftKind.New ? added.Value : body.Id };
        }

        return await send.Run(http.Actor(), body, form.Resolve, http.RequestAborted, later);
    }

    /// <summary>For the page's script alone, which reads nothing but the code and the draft's id.</summary>
    private static async Task<IResult> Keep(long? number, SaveDraft save, HttpContext http)
    {
        var form = await DraftForm.Read(http, number);
        return (await save.Run(http.Actor(), form.Body, form.Age, http.RequestAborted)).Match<IResult>(
            id => TypedResults.Ok(new { draft = id }),
            // That other words are newer or have left is no failure, which browsers would report as one.
            refusal => refusal.Kind is RefusalKind.Conflict ? TypedResults.Ok(new { code = refusal.Code }) : refusal.ToProblem());
    }
}

/// <summary>Puts files beside a draft and takes them away, for the page's script and for buttons.</summary>
internal sealed class DraftFiles(Store store, AddUploads add, RemoveUpload remove, ConversationPages conversations, NewConversationPages fresh)
{
    public async Task<IResult> Change(long? number, HttpContext http)
    {
        var form = await DraftForm.Read(http, number);
        var (actor, body) = (http.Actor(), form.Body);
        if (form.Remove is { } id && (await remove.Run(actor, id, http.RequestAborted)).Refusal is { } not)
        {
            return Pages.Refused(not);
        }

        // Whatever else a button without a script brings along is kept as well.
        Refusal? refusal = null;
        var draft = body.Id;
        if (form.Files.Count > 0 || !form.Scripted)
        {
            var added = await add.Run(actor, body, form.Age, form.Files, http.RequestAborted);
            refusal = added.Refusal;
            draft = refusal is null && added.Value > 0 ? added.Value : draft;
        }

        if (refusal is { Kind: RefusalKind.NotFound or RefusalKind.Forbidden })
        {
            return Pages.Refused(refusal);
        }

        if (!form.Scripted)
        {
            var again = refusal is null ? null : Pages.Again(refusal with { Field = number is null ? "files" : "text" }, form.Typed);
            return again is null ? Results.LocalRedirect(number is null ? DraftEndpoints.NewAddress(draft) : $"/conversations/{number}")
                : number is { } of ? await conversations.Show(http, of, again)
                : await fresh.Show(http, body.Id, null, again);
        }

        var files = await store.Read(actor, async db => await OpenDraft.Find(db, actor.Id!.Value, body with { Id = draft }) is { } found ? (await DraftViews.Uploads(db, [found.Id]))[found.Id].ToList() : []);
        return Pages.Component<ComposerFiles>(
            new { Files = (IReadOnlyList<UploadView>)files, Action = (number is null ? "/conversations/new" : $"/conversations/{number}") + "/draft/files", Draft = draft, Problem = refusal is null ? null : Words.OfRefusal(refusal) },
            refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
