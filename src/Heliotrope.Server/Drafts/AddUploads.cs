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
    /// <summary>Gives the draft's id.</summary>
    public async Task<Result<long>> Run(Actor actor, DraftBody body, IReadOnlyList<(string Name, string Type, byte[] Content)> files, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        return await store.Write<Result<long>>(
            async db =>
            {
                if (body.Conversation is { } number && !await db.Conversations.AnyAsync(c => c.Number == number))
                {
                    return Refusal.NoConversation(number);
                }

                var draft = await SaveDraft.Find(db, user, body);
                if (draft is { SendAt: not null })
                {
                    return new Refusal(RefusalKind.Conflict, "draft.leaving", "What was written before is leaving; try again in a moment.");
                }

                var kept = draft is null ? [] : await db.Uploads.Where(u => u.DraftId == draft.Id).Select(u => u.Size).ToListAsync();
                if (Files.TooMuch(kept.Count + files.Count, kept.Sum() + files.Sum(f => f.Content.LongLength)) is { } refusal)
                {
                    return refusal;
                }

                draft ??= db.Drafts.Add(new() { ConversationNumber = body.Conversation, UserId = user, Kind = body.Kind }).Entity;
                SaveDraft.Fill(draft, body, now);
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
