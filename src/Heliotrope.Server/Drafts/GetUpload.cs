using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>A file beside a draft, for whoever writes it and for colleagues who see it leave.</summary>
internal sealed class GetUpload(Store store)
{
    public async Task<Result<GetAttachment.Found>> Run(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var found = await store.Read(actor, db => (
            from u in db.Uploads
            join d in db.Drafts on u.DraftId equals d.Id
            where u.Id == id && (d.UserId == actor.Id || d.SendAt != null || d.Apart)
            select new GetAttachment.Found(u.Name, u.Content)).FirstOrDefaultAsync(cancel));
        return found is null ? new Refusal(RefusalKind.NotFound, "upload.unknown", $"There is no file {id}.") : found;
    }
}
