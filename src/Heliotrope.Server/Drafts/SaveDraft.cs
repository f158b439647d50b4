using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Keeps what somebody is writing. Of the same person's windows the newer words win, in whatever order they arrive.</summary>
internal sealed class SaveDraft(Store store, TimeProvider time)
{
    /// <param name="actor">Whose draft it is.</param>
    /// <param name="body">The words.</param>
    /// <param name="age">How long ago they were typed: their window's clock is not ours.</param>
    /// <param name="cancel">Given up.</param>
    /// <returns>The draft's id; 0 when nothing is left of it.</returns>
    public async Task<Result<long>> Run(Actor actor, DraftBody body, TimeSpan age, CancellationToken cancel)
    {
        if (!(body.Kind is DraftKind.Note ? actor.MayRead : actor.MayWork) || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        var typed = time.Now() - age;
        return await store.Write(actor, db => Write(db, user, body, typed), cancel);
    }

    private static async Task<Result<long>> Write(HeliotropeDb db, long user, DraftBody body, DateTimeOffset typed)
    {
        var (draft, refusal) = await OpenDraft.ToWrite(db, user, body, typed);
        if (refusal is not null)
        {
            return refusal;
        }

        if (draft is not null && draft.IsNewerThan(body, typed))
        {
            return new Refusal(RefusalKind.Conflict, "draft.newer", "Newer words of yours are kept already.");
        }

        if (body.IsEmpty && (draft is null || !await db.Uploads.AnyAsync(u => u.DraftId == draft.Id)))
        {
            if (draft is not null)
            {
                db.Drafts.Remove(draft);
            }

            return 0;
        }

        draft ??= OpenDraft.Begin(db, user, body);
        draft.Fill(body, typed);
        await db.SaveChangesAsync(); // the id
        return draft.Id;
    }
}
