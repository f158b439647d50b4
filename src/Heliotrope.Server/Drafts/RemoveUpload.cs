using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Takes a file away from what somebody is writing. One that is gone already is gone.</summary>
internal sealed class RemoveUpload(Store store)
{
    public async Task<Result<bool>> Run(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<bool>>(
            actor,
            async db =>
            {
                var draft = await db.Drafts.FirstOrDefaultAsync(d => d.UserId == actor.Id && d.SendAt == null && !d.Apart && db.Uploads.Any(u => u.Id == id && u.DraftId == d.Id));
                if (draft is null)
                {
                    return false;
                }

                draft.Version++; // what is just leaving leaves with it or without it
                await db.SaveChangesAsync();
                await db.Uploads.Where(u => u.Id == id).ExecuteDeleteAsync();
                if (string.IsNullOrWhiteSpace(draft.Text + draft.Recipient + draft.Subject) && !await db.Uploads.AnyAsync(u => u.DraftId == draft.Id))
                {
                    db.Drafts.Remove(draft);
                }

                return true;
            },
            cancel);
    }
}
