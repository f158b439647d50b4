using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Drafts;

/// <summary>Takes back what is leaving: it is a draft again.</summary>
internal sealed class UndoSend(Store store, TimeProvider time)
{
    /// <param name="actor">Whose it is.</param>
    /// <param name="what">Which one; its words are not looked at.</param>
    /// <param name="cancel">Given up.</param>
    /// <returns>The draft's id, or a refusal: it has left.</returns>
    public async Task<Result<long>> Run(Actor actor, DraftBody what, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        return await store.Write<Result<long>>(
            actor,
            async db =>
            {
                if (await OpenDraft.Find(db, user, what) is not { } draft)
                {
                    return new Refusal(RefusalKind.Conflict, "undo.too-late", "It has left already.");
                }

                if (draft.SendAt is not null)
                {
                    draft.TakeBack();
                    draft.UpdatedAt = now;
                }

                return draft.Id;
            },
            cancel);
    }
}
