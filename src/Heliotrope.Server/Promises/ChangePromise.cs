using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>What the operations on one promise share: find it, change it, and note that in its conversation.</summary>
internal sealed class ChangePromise(Store store, Current<TeamRules> rules)
{
    public Task<Refusal?> Run(Actor actor, long number, long id, Func<HeliotropeDb, Conversation, Promise, WorkingHours, Task<Refusal?>> change, CancellationToken cancel) => store.Change(
        actor,
        number,
        async (db, conversation) => await db.Promises.FirstOrDefaultAsync(p => p.Id == id && p.ConversationNumber == number) is { } promise
            ? await change(db, conversation, promise, (await rules.Get()).For(conversation).Hours)
            : new Refusal(RefusalKind.NotFound, "promise.unknown", $"Conversation {number} has no promise {id}."),
        cancel);
}
