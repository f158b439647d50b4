using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

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
                var named = what is { Id: { } id, Conversation: { } number } ? await db.Drafts.FirstOrDefaultAsync(d => d.Id == id && d.UserId == user && d.ConversationNumber == number) : null;
                if ((named ?? await OpenDraft.Find(db, user, what)) is not { } draft)
                {
                    return new Refusal(RefusalKind.Conflict, "undo.too-late", "It has left already.");
                }

                if (draft is { SendAt: not null, Apart: true })
                {
                    draft.Stop(""); // it stands beside what is written, and does so again
                }
                else if (draft.SendAt is not null)
                {
                    draft.TakeBack();
                    draft.UpdatedAt = now;
                }

                return draft.Id;
            },
            cancel);
    }
}
