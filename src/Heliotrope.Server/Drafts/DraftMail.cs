using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Macros;
using Heliotrope.Server.NextQuestion;
using Heliotrope.Server.Plays;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Turns a draft into what it was written for. The draft ends in the same transaction, so that it is sent once and never lost.</summary>
internal sealed class DraftMail(Reply reply, Forward forward, StartConversation start, MacroActs macroActs)
{
    /// <summary>Gives the conversation's number.</summary>
    public async Task<Result<long>> Send(HeliotropeDb db, Draft draft, Actor actor)
    {
        // The conversation first: whoever says something in it between the two reads is told by its version, and this runs again.
        if (draft is { Kind: DraftKind.Reply, ConversationNumber: { } within } && await db.Conversations.FindAsync(within) is not null && await Crossings.Check(db, within, draft.SeenId, draft.UserId) is { } crossed)
        {
            return crossed;
        }

        var macros = draft is { Kind: DraftKind.Reply, ConversationNumber: not null } ? await Chosen(db, draft, actor) : new List<Macro>();
        if (macros.Refusal is { } changed)
        {
            return changed;
        }

        var uploads = await db.Uploads.AsNoTracking().Where(u => u.DraftId == draft.Id).OrderBy(u => u.Id).ToListAsync();
        var shown = Markdown.Pictures(draft.Text);
        var letter = new Letter(
            draft.Text, [draft.Cc], [draft.Bcc],
            [.. uploads.Select(u => new OutgoingAttachment(u.Name, u.Type, u.Content, u.ContentId is { } id && shown.Contains(id) ? id : null))])
        {
            Promises = new(AcceptedPromises.Read(draft.Promises), draft.TellsPromiseId, draft.TellsDueAt),
        };

        var sent = draft is { Kind: DraftKind.Forward, ConversationNumber: { } about }
            ? await forward.Write(db, actor, about, [draft.Recipient], letter, Draft.Ids(draft.Quotes), Draft.Ids(draft.Files)) is { } not ? not : about
            : draft.ConversationNumber is { } number
            ? await reply.Write(db, actor, number, letter, draft.Resolve || MacroActs.Resolves(macros.Value)) is { } refusal ? refusal : number
            : await start.Write(db, actor, draft.Recipient, draft.Subject, letter, draft.OurAddress);
        if (sent.Refusal is null)
        {
            foreach (var macro in macros.Value)
            {
                if (await macroActs.Write(db, (await db.Conversations.FindAsync(sent.Value))!, macro, actor, replied: true) is { } undone)
                {
                    return undone;
                }
            }

            await CoachFate.Write(db, draft, sent.Value);
            await UsePlay.Write(db, draft, sent.Value);
            await OfferNextQuestion.Write(db, draft, sent.Value);
            db.Drafts.Remove(draft); // its files go with it
            await db.SaveChangesAsync();
            if (draft.Kind is DraftKind.Reply)
            {
                await Seen(db, draft.Id, sent.Value);
            }
        }

        return sent;
    }

    /// <summary>Whoever saw this one leave has seen the message that it became, unless something else came before.</summary>
    private static async Task Seen(HeliotropeDb db, long gone, long number)
    {
        var newest = await Crossings.Newest(db, number);
        foreach (var other in await db.Drafts.Where(d => d.ConversationNumber == number && d.Knows != "" && d.SendAt != null).ToListAsync())
        {
            if (Draft.Ids(other.Knows).Contains(gone) && (await Crossings.Unseen(db, number, other.SeenId, other.UserId)).All(message => message.Id == newest))
            {
                other.SeenId = newest;
                other.Version++;
            }
        }
    }

    /// <summary>The macros that were chosen with it, as long as what they do can be done.</summary>
    public static Task<Result<IReadOnlyList<Macro>>> Chosen(HeliotropeDb db, Draft draft, Actor actor) => MacroActs.Chosen(db, draft.ConversationNumber!.Value, Draft.Ids(draft.Macros), actor, draft.UpdatedAt);

    /// <summary>What would be refused when it leaves, said while its author looks.</summary>
    public static async Task<Refusal?> Check(HeliotropeDb db, Draft draft) =>
        Conversation.CheckReply(draft.Text)
        ?? (draft is { Kind: DraftKind.Forward, ConversationNumber: { } about } ? (await Forward.To(db, about, [draft.Recipient])).Refusal : null)
        ?? Copies.Cc([draft.Cc]).Refusal ?? Copies.Bcc([draft.Bcc]).Refusal
        ?? (draft.Kind is DraftKind.New ? StartConversation.Check(db, await Organisation.Of(db), draft.Recipient, draft.Subject, draft.OurAddress) : null);
}
