using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A file that came with a message, read again from the raw mail.</summary>
internal sealed class GetAttachment(Store store, RawMailStore rawMail)
{
    public sealed record Found(string Name, byte[] Content);

    public async Task<Result<Found>> Run(Actor actor, long id, long? conversation, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var found = await store.Read(db => (
            from a in db.Attachments
            join e in db.Entries on a.EntryId equals e.Id
            join r in db.RawMail on e.RawMailId equals r.Id
            where a.Id == id && (conversation == null || e.ConversationNumber == conversation)
            select new { a.Name, a.Part, Raw = r }).FirstOrDefaultAsync(cancel));
        if (found is null)
        {
            return new Refusal(RefusalKind.NotFound, "attachment.unknown", $"There is no attachment {id}.");
        }

        var message = MailReader.Read(await rawMail.Read(found.Raw, cancel));
        return new Found(found.Name, message.Attachments.First(a => a.Index == found.Part).Content());
    }

    /// <summary>Whatever the sender calls it, a browser saves it and never shows or runs it.</summary>
    public static IResult Download(Result<Found> result, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return result.Match(found => TypedResults.File(found.Content, "application/octet-stream", found.Name), refusal => Platform.Problems.ToProblem(refusal));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/attachments/{id:long}",
            async (long id, GetAttachment get, HttpContext http) => Download(await get.Run(Platform.EndpointConventions.Actor(http), id, null, http.RequestAborted), http))
        .WithName("getAttachment").WithSummary("Download a file that came with a message").Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
}
