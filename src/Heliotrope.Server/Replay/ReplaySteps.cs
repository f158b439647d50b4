using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Replay;

/// <summary>The steps of a history that are more than one operation of the desk.</summary>
internal sealed class ReplaySteps(Store store, Reply reply, KeepPromise keep, TimeProvider time)
{
    /// <summary>A conversation that we begin, with its first message.</summary>
    public Task<Result<long>> Start(Actor by, ReplayStory story, string ourAddress, long? team, ReplyAction words, CancellationToken cancel) => store.Write<Result<long>>(
        async db =>
        {
            var begun = await StartConversation.Begin(db, story.Customer.Address, story.Customer.Name, story.Subject, ourAddress, team, time.Now());
            return (begun.Refusal ?? await reply.Write(db, by, begun.Value.Number, LetterOf(words), words.Resolve)) is { } refused ? refused : begun.Value.Number;
        },
        cancel);

    /// <summary>A reply with its copies and files as they stand in the history.</summary>
    public Task<Refusal?> Reply(Actor by, long number, ReplyAction words, CancellationToken cancel) =>
        store.Write(db => reply.Write(db, by, number, LetterOf(words), words.Resolve), cancel);

    /// <summary>Does what was promised first and is not done yet.</summary>
    public async Task<Refusal?> Keep(Actor by, long number, CancellationToken cancel)
    {
        var id = await store.Read(db => db.Promises
            .Where(p => p.ConversationNumber == number && (p.State == PromiseState.Open || (p.State == PromiseState.Broken && p.DoneAt == null)))
            .OrderBy(p => p.Id).Select(p => (long?)p.Id).FirstOrDefaultAsync(cancel));
        return id is { } promise ? await keep.Run(by, number, promise, cancel) : Refusal.Invalid("replay.no-promise", "Nothing is promised here that is not done.");
    }

    /// <summary>Marks a conversation as part of the demo company.</summary>
    public Task<bool> MarkDemo(long number, CancellationToken cancel) => store.Write(
        async db =>
        {
            await DemoStates.Mark(db, await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Number == number, cancel));
            return true;
        },
        cancel);

    private static Letter LetterOf(ReplyAction words) => new(
        words.Text, [.. words.Cc.Select(a => a.Value)], [.. words.Bcc.Select(a => a.Value)], [.. words.Files.Select(f => new OutgoingAttachment(f.Name, f.Type, f.Bytes()))])
    {
        Promises = words.Promises ? SaidPromises.All : SaidPromises.None,
    };
}
