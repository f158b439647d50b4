using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>Something we told a customer we would do (docs/method.md, A3).</summary>
/// <param name="Id">The id.</param>
/// <param name="Text">What, in the words in which it was said.</param>
/// <param name="Due">After this instant it is broken (UTC).</param>
/// <param name="DayOnly">Only a day was said; <paramref name="Due"/> is the end of our work on it.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="State">open, kept-early, kept, renegotiated or broken.</param>
/// <param name="AtRisk">It is open, and little time is left.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="DoneAt">When it was done (UTC), for a broken one too; null while it is not.</param>
/// <param name="Entry">The message of ours that says it; null when it was said elsewhere.</param>
/// <param name="Follows">The promise that it stands in the place of; null for most.</param>
public sealed record PromiseDetails(
    long Id, string Text, DateTimeOffset Due, bool DayOnly, UserRef Owner, PromiseState State, bool AtRisk, DateTimeOffset MadeAt, DateTimeOffset? DoneAt, long? Entry, long? Follows);

/// <summary>Reads promises.</summary>
internal static class PromiseList
{
    /// <summary>More in one conversation than anybody can keep.</summary>
    private const int Most = 200;

    /// <summary>Those of a conversation, in the order in which they were made.</summary>
    public static async Task<IReadOnlyList<PromiseDetails>> In(HeliotropeDb db, long number, DateTimeOffset now) =>
        [.. (await (
            from promise in db.Promises.AsNoTracking()
            where promise.ConversationNumber == number
            join owner in db.Users on promise.OwnerId equals owner.Id
            orderby promise.Id
            select new { promise, Owner = new UserRef(owner.Id, owner.Name, owner.Email!) }).Take(Most).ToListAsync())
            .Select(row => Of(row.promise, row.Owner, now))];

    public static PromiseDetails Of(Promise p, UserRef owner, DateTimeOffset now) =>
        new(p.Id, p.Text, p.DueAt, p.DayOnly, owner, p.State, p.State is PromiseState.Open && now >= p.RiskAt, p.MadeAt, p.DoneAt, p.EntryId, p.FollowsId);
}
