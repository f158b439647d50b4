using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>What becoming one would change.</summary>
/// <param name="Into">The conversation that stays.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Messages">How many messages move.</param>
/// <param name="Notes">How many notes move.</param>
/// <param name="OpenPromises">How many open promises move.</param>
/// <param name="Drafts">How many texts that somebody is writing move.</param>
/// <param name="Answered">Who gets the replies afterwards.</param>
/// <param name="NotAnswered">Other customers who wrote in what moves: they get no replies afterwards, though what they write still lands here.</param>
public sealed record MergePreview(
    long Into, string Subject, int Messages, int Notes, int OpenPromises, int Drafts, CustomerRef Answered, IReadOnlyList<CustomerRef> NotAnswered);

/// <summary>Says what <see cref="Merge"/> would change.</summary>
internal sealed class PreviewMerge(Store store)
{
    public async Task<Result<MergePreview>> Run(Actor actor, IReadOnlyList<long> numbers, long into, CancellationToken cancel) => actor.MayWork
        ? await store.Read<Result<MergePreview>>(
            actor,
            async db =>
            {
                var found = await ListConversations.Project(db, db.Conversations.Where(c => numbers.Contains(c.Number) || c.Number == into)).ToListAsync(cancel);
                if (numbers.FirstOrDefault(number => found.TrueForAll(c => c.Number != number)) is not 0 and var unknown)
                {
                    return Refusal.NoConversation(unknown);
                }

                if (found.Find(c => c.Number == into) is not { } stays)
                {
                    return Refusal.Invalid("merge.unknown", "There is no conversation with this number.", "into");
                }

                if (numbers.Contains(into))
                {
                    return Refusal.Invalid("merge.same", "A conversation cannot become part of itself.", "into");
                }

                var kinds = await db.Entries.Where(e => numbers.Contains(e.ConversationNumber)).GroupBy(e => e.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
                int Count(EntryKind kind) => kinds.Find(k => k.Key == kind)?.Count ?? 0;
                return new MergePreview(
                    into, stays.Subject, Count(EntryKind.Message), Count(EntryKind.Note),
                    await db.Promises.CountAsync(p => numbers.Contains(p.ConversationNumber) && p.State == PromiseState.Open, cancel),
                    await db.Drafts.CountAsync(d => numbers.Contains(d.ConversationNumber!.Value), cancel),
                    stays.Customer,
                    [.. found.Where(c => c.Customer.Id != stays.Customer.Id).Select(c => c.Customer).DistinctBy(c => c.Id)]);
            })
        : Refusal.NotAllowed;
}
