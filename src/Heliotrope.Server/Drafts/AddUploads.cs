using System.Security.Cryptography;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Mail.Html;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Puts files beside what somebody is writing.</summary>
internal sealed class AddUploads(Store store, TimeProvider time)
{
    /// <summary>Gives the draft's id; 0 when there was nothing to keep. The words beside the files were typed so long ago.</summary>
    public async Task<Result<long>> Run(Actor actor, DraftBody body, TimeSpan age, IReadOnlyList<(string Name, string Type, byte[] Content)> files, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        var typed = now - age;
        return await store.Write<Result<long>>(
            async db =>
            {
                var (draft, no) = await SaveDraft.Open(db, user, body, typed);
                if (no is not null)
                {
                    return no;
                }

                if (draft is null && files.Count == 0 && SaveDraft.IsEmpty(body))
                {
                    return 0;
                }

                var kept = draft is null ? [] : await db.Uploads.Where(u => u.DraftId == draft.Id).Select(u => u.Size).ToListAsync();
                if (Files.TooMuch(kept.Count + files.Count, kept.Sum() + files.Sum(f => f.Content.LongLength)) is { } refusal)
                {
                    return refusal;
                }

                draft ??= SaveDraft.Begin(db, user, body);
                if (!SaveDraft.IsNewer(draft, body, typed))
                {
                    SaveDraft.Fill(draft, body, typed);
                }

                draft.Version++; // what is just leaving leaves with them or without
                await db.SaveChangesAsync(); // the id
                foreach (var (name, type, content) in files)
                {
                    db.Uploads.Add(new()
                    {
                        DraftId = draft.Id,
                        Name = Files.NameOf(name),
                        Type = Files.TypeOf(type, content),
                        Size = content.Length,
                        ContentId = InlinePictures.PictureType(content) is null ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                        Content = content,
                        CreatedAt = now,
                    });
                }

                return draft.Id;
            },
            cancel);
    }
}
