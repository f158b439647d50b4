using Heliotrope.Core;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Macros;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>Puts the words of a play into a reply, and counts it once the reply that holds them is sent.</summary>
internal sealed class UsePlay(Store store)
{
    /// <summary>What it says in a conversation.</summary>
    public async Task<Result<UsedMacro>> Show(Actor actor, long number, long id)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<UsedMacro>>(actor, async db =>
            await db.Conversations.FirstOrDefaultAsync(c => c.Number == number) is not { } conversation ? Refusal.NoConversation(number)
            : await db.Plays.FirstOrDefaultAsync(p => p.Id == id && p.State == PlayState.InUse) is not { } play ? ListPlays.Unknown(id)
            : await FillWords.Of(db, actor, conversation, play.Id, play.Title, play.Words));
    }

    /// <summary>Notes which plays a reply was written with, in the transaction that sends it. One of whose words nothing is left in it was not used.</summary>
    /// <param name="db">The database.</param>
    /// <param name="draft">What was sent.</param>
    /// <param name="number">The conversation that it is in now.</param>
    public static async Task Write(HeliotropeDb db, Draft draft, long number)
    {
        var ids = Draft.Ids(draft.Plays);
        if (ids.Count == 0 || draft.Kind is not DraftKind.Reply)
        {
            return;
        }

        var plays = await db.Plays.Where(p => ids.Contains(p.Id) && p.State == PlayState.InUse).OrderBy(p => p.Id).ToListAsync();
        var at = await db.Conversations.Where(c => c.Number == number).Select(c => c.LastActivityAt).SingleAsync();
        foreach (var play in plays.Where(play => Likeness.StandIn(play.Words, draft.Text)))
        {
            var use = await db.PlayUses.FirstOrDefaultAsync(u => u.PlayId == play.Id && u.ConversationNumber == number)
                ?? db.PlayUses.Add(new() { PlayId = play.Id, ConversationNumber = number }).Entity;
            (use.UserId, use.At) = (draft.UserId, at);
        }
    }
}
