using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A file that went with a message, read again from the mail: the one that came, or the one that we sent.</summary>
internal sealed class GetAttachment(Store store, RawMailStore rawMail)
{
    /// <summary>Nothing runs on what is shown this way, whatever it turns out to be.</summary>
    private const string Policy = "sandbox; default-src 'none'";

    public sealed record Found(string Name, byte[] Content);

    public async Task<Result<Found>> Run(Actor actor, long id, long? conversation, CancellationToken cancel)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var found = await store.Read(actor, db => (
            from a in db.Attachments
            join e in db.Entries on a.EntryId equals e.Id
            where a.Id == id && (conversation == null || e.ConversationNumber == conversation)
            select new { a.Name, a.Part, e.Id }).FirstOrDefaultAsync(cancel));
        return found is not null && await Message(found.Id, cancel) is { } message
            ? new Found(found.Name, message.Attachments.First(a => a.Index == found.Part).Content())
            : new Refusal(RefusalKind.NotFound, "attachment.unknown", $"There is no attachment {id}.");
    }

    /// <summary>The mail that an entry is; null when it is none.</summary>
    public async Task<MailMessage?> Message(long entry, CancellationToken cancel)
    {
        var raw = await store.Read(db => db.Entries.Where(e => e.Id == entry).Join(db.RawMail, e => e.RawMailId, r => (long?)r.Id, (_, r) => r).FirstOrDefaultAsync(cancel));
        if (raw is not null)
        {
            return MailReader.Read(await rawMail.Read(raw, cancel));
        }

        var ours = await store.Read(db => db.Outbox.Where(o => o.EntryId == entry).OrderBy(o => o.Id).Select(o => o.Bytes!.Content).FirstOrDefaultAsync(cancel));
        return ours is null ? null : MailReader.Read(ours);
    }

    /// <summary>Whatever the sender calls it, a browser saves it and never shows or runs it.</summary>
    public static IResult Download(Result<Found> result, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return result.Match(found => TypedResults.File(found.Content, "application/octet-stream", found.Name), refusal => Platform.Problems.ToProblem(refusal));
    }

    /// <summary>A picture is shown as what its bytes are; anything else is not there.</summary>
    public static IResult Picture(Result<Found> result, HttpContext http)
    {
        if (result.Refusal is null && InlinePictures.PictureType(result.Value.Content) is { } type)
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            http.Response.Headers.CacheControl = "private, max-age=86400"; // it never changes
            return TypedResults.Bytes(result.Value.Content, type);
        }

        return TypedResults.NotFound();
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/attachments/{id:long}",
            async (long id, GetAttachment get, HttpContext http) => Download(await get.Run(Platform.EndpointConventions.Actor(http), id, null, http.RequestAborted), http))
        .WithName("getAttachment").WithSummary("Download a file that went with a message").Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
}
