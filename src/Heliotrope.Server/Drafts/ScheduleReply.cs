using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Drafts;

/// <summary>Keeps a program's reply until the time at which it leaves.</summary>
internal sealed class ScheduleReply(Store store, DraftBell bell, TimeProvider time)
{
    public async Task<Refusal?> Run(Actor actor, long number, ReplyBody body, IReadOnlyList<OutgoingAttachment> files, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is null)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        var at = body.SendAt is { } given ? WholeSecond(given) : (DateTimeOffset?)null;
        if (SendLater.Check(at, now) is { } wrong)
        {
            return wrong;
        }

        var refusal = await store.Write<Refusal?>(
            actor,
            async db => await db.Conversations.FindAsync(number) is { } conversation ? await Write(db, actor, conversation.Number, body, files, at!.Value, now) : Refusal.NoConversation(number),
            cancel);
        bell.Ring();
        return refusal;
    }

    private static async Task<Refusal?> Write(HeliotropeDb db, Actor actor, long number, ReplyBody body, IReadOnlyList<OutgoingAttachment> files, DateTimeOffset at, DateTimeOffset now)
    {
        var draft = new Draft
        {
            ConversationNumber = number,
            Kind = DraftKind.Reply,
            UserId = actor.Person,
            ApiKeyId = actor.Kind is ActorKind.ApiKey ? actor.Id : null,
            Resolve = body.Resolve,
        };
        var typed = new DraftBody(DraftKind.Reply, number, null, body.Text, string.Join(", ", body.Cc ?? []), string.Join(", ", body.Bcc ?? []), Promises: body.Promises, Seen: body.Seen);
        draft.Fill(typed, now);
        draft.LeaveApart(at);
        if ((await DraftMail.Check(db, draft) ?? await Crossings.Check(db, number, body.Seen, draft.UserId)) is { } refusal)
        {
            return refusal;
        }

        db.Drafts.Add(draft);
        await db.SaveChangesAsync(); // the id
        db.Uploads.AddRange(files.Select(file => new Upload
        {
            DraftId = draft.Id,
            Name = file.Name,
            Type = file.Type,
            Size = file.Content.Length,
            Content = file.Content.ToArray(),
            CreatedAt = now,
        }));
        return null;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
