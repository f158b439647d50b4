using Heliotrope.Core;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Macros;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.NextQuestion;

/// <summary>A next question that is offered beside a reply.</summary>
/// <param name="From">Why they wrote.</param>
/// <param name="To">The driver of what such people ask next.</param>
/// <param name="Count">How many of them did.</param>
/// <param name="Of">How many there were.</param>
/// <param name="Lift">How many times as often as others.</param>
public sealed record NextQuestionOffer(string From, NamedRef To, int Count, int Of, double Lift);

/// <summary>Offers the answer to the next question beside a reply, puts it in, and notes what was made of it when the reply is sent.</summary>
internal sealed class OfferNextQuestion(Store store)
{
    /// <summary>The most frequent next question of a conversation that has an answer; null when there is none, or it was answered here before.</summary>
    public static async Task<NextQuestionOffer?> Of(HeliotropeDb db, Actor actor, long number)
    {
        if (!actor.MayWork || await db.Conversations.WithoutSpam().Where(c => c.Number == number).Select(c => c.DriverId).FirstOrDefaultAsync() is not { } driver)
        {
            return null;
        }

        var pairs = await db.NextPairs.AsNoTracking()
            .Where(p => p.FromDriverId == driver && db.NextAnswers.Any(a => a.DriverId == p.ToDriverId) && !db.NextOffers.Any(o => o.ConversationNumber == number && o.ToDriverId == p.ToDriverId && o.AddedAt != null))
            .ToListAsync();
        if (pairs.Select(p => p.Found).Where(found => found.IsOffered).OrderByDescending(found => found.After.Rate).ThenBy(found => found.To).FirstOrDefault() is not { } best)
        {
            return null;
        }

        var names = await db.Drivers.Where(d => d.Id == best.From || d.Id == best.To).ToDictionaryAsync(d => d.Id, d => d.Name);
        return new(names[best.From], new(best.To, names[best.To]), best.After.Count, best.After.Of, best.Lift!.Value);
    }

    /// <summary>The drivers whose answers a draft was written with.</summary>
    public static async Task<IReadOnlyList<NamedRef>> In(HeliotropeDb db, IReadOnlyList<long> drivers) => drivers.Count == 0 ? []
        : await db.Drivers.Where(d => drivers.Contains(d.Id) && db.NextAnswers.Any(a => a.DriverId == d.Id)).OrderBy(d => d.Name).Select(d => new NamedRef(d.Id, d.Name)).ToListAsync();

    /// <summary>What is said about a driver, in a conversation.</summary>
    public async Task<Result<UsedMacro>> Show(Actor actor, long number, long driver)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<UsedMacro>>(actor, async db =>
            await db.Conversations.FirstOrDefaultAsync(c => c.Number == number) is not { } conversation ? Refusal.NoConversation(number)
            : await db.Drivers.Where(d => d.Id == driver).Select(d => d.Name).FirstOrDefaultAsync() is not { } name || await Words(db, driver) is not { } words ? ListNextQuestions.Unknown(driver)
            : await FillWords.Of(db, actor, conversation, driver, name, words));
    }

    /// <summary>Notes what was offered beside a reply and whether the answer is in it, in the transaction that sends it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="draft">What was sent.</param>
    /// <param name="number">The conversation that it is in now.</param>
    public static async Task Write(HeliotropeDb db, Draft draft, long number)
    {
        var (offered, added) = (Draft.Ids(draft.Offered), Draft.Ids(draft.Answered));
        if (offered.Count + added.Count == 0 || draft.Kind is not DraftKind.Reply)
        {
            return;
        }

        var conversation = await db.Conversations.Where(c => c.Number == number).Select(c => new { c.DriverId, c.LastActivityAt }).SingleAsync();
        foreach (var to in offered.Union(added).Order())
        {
            // What nobody offered here cannot have been chosen, whatever a form says.
            if (!await db.NextPairs.AnyAsync(p => p.FromDriverId == conversation.DriverId && p.ToDriverId == to) || await Words(db, to) is not { } words)
            {
                continue;
            }

            var offer = await db.NextOffers.FirstOrDefaultAsync(o => o.ConversationNumber == number && o.ToDriverId == to)
                ?? db.NextOffers.Add(new() { ConversationNumber = number, ToDriverId = to, OfferedAt = conversation.LastActivityAt }).Entity;
            offer.AddedAt ??= added.Contains(to) && Likeness.StandIn(words, draft.Text) ? conversation.LastActivityAt : null;
        }
    }

    private static Task<string?> Words(HeliotropeDb db, long driver) =>
        db.NextAnswers.Where(a => a.DriverId == driver).Select(a => a.ArticleId == null ? a.Text : db.Articles.Where(x => x.Id == a.ArticleId).Select(x => x.Text).FirstOrDefault()).FirstOrDefaultAsync();
}
