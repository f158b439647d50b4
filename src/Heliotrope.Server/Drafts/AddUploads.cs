using System.Security.Cryptography;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Puts files beside what somebody is writing.</summary>
internal sealed class AddUploads(Store store, TimeProvider time)
{
    /// <summary>Gives the draft's id; 0 when there was nothing to keep. The words beside the files were typed so long ago.</summary>
    public async Task<Result<long>> Run(Actor actor, DraftBody body, TimeSpan age, IReadOnlyList<OutgoingAttachment> files, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        var typed = now - age;
        return await store.Write<Result<long>>(
            actor,
            async db =>
            {
                var (draft, no) = await OpenDraft.ToWrite(db, user, body, typed);
                if (no is not null)
                {
                    return no;
                }

                if (draft is null && files.Count == 0 && body.IsEmpty)
                {
                    return 0;
                }

                var kept = draft is null ? [] : await db.Uploads.Where(u => u.DraftId == draft.Id).Select(u => u.Size).ToListAsync();
                if (Files.TooMuch(kept.Count + files.Count, kept.Sum() + files.Sum(f => (long)f.Content.Length)) is { } refusal)
                {
                    return refusal;
                }

                draft ??= OpenDraft.Begin(db, user, body);
                if (!draft.IsNewerThan(body, typed))
                {
                    draft.Fill(body, typed);
                }

                draft.Version++; // what is just leaving leaves with them or without
                await db.SaveChangesAsync(); // the id
                foreach (var file in files)
                {
                    db.Uploads.Add(new()
                    {
                        DraftId = draft.Id,
                        Name = file.Name,
                        Type = file.Type,
                        Size = file.Content.Length,
                        ContentId = InlinePictures.PictureType(file.Content.Span) is null ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                        Content = file.Content.ToArray(),
                        CreatedAt = now,
                    });
                }

                return draft.Id;
            },
            cancel);
    }
}
