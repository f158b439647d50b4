using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Assignment;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>That something happened in a customer's life.</summary>
/// <param name="Kind">bereavement, illness, hardship, disaster or divorce.</param>
/// <param name="Customer">The customer's id; not needed beside a conversation.</param>
/// <param name="Conversation">The conversation in which it was told; null for none.</param>
public sealed record LifeEventBody(string? Kind, long? Customer = null, long? Conversation = null);

/// <summary>Begins a life event: by hand, or because it was read. Of a kind a customer has one at a time, as far as the same people see it.</summary>
internal sealed class OpenLifeEvent(Store store, GetLifeEvent get, TimeProvider time)
{
    private const int MostTold = 50;

    public async Task<Result<LifeEventDetails>> Run(Actor actor, LifeEventBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        if (Codes.Find<LifeEvent>(body.Kind?.Trim()) is not { } kind)
        {
            return Refusal.Invalid("life-event.unknown", "A life event is bereavement, illness, hardship, disaster or divorce.", "kind");
        }

        var opened = await store.Write<Result<long>>(
            actor,
            async db =>
            {
                var conversation = body.Conversation is { } number ? await db.Conversations.FindAsync([number], cancel) : null;
                if (body.Conversation is { } asked && conversation is null)
                {
                    return Refusal.NoConversation(asked);
                }

                if ((conversation?.CustomerId ?? await CustomerRows.Now(db, body.Customer ?? 0)) is not { } customer)
                {
                    return CustomerRows.Unknown(body.Customer ?? 0);
                }

                var now = time.Now();
                await OneOfAKind.Hold(db, customer);
                var seen = conversation is null ? db.LifeEvents.Where(e => e.CustomerId == customer) : OneOfAKind.Beside(db, customer, conversation.TeamId);
                if (await seen.OrderBy(e => e.Id).FirstOrDefaultAsync(e => e.Kind == kind && e.ClosedAt == null, cancel) is { } same)
                {
                    if (conversation is not null)
                    {
                        await OneOfAKind.Tell(db, same, conversation.Number, conversation.TeamId);
                    }

                    return same.Id;
                }

                var life = await Begin(db, customer, conversation, kind, actor, now, now);
                await db.SaveChangesAsync(cancel); // the id
                return life.Id;
            },
            cancel);
        return opened.Refusal is { } refusal ? refusal : await get.Run(actor, opened.Value);
    }

    /// <summary>Begins one in a transaction of the caller's: everything automatic stops with it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="customer">Whose life it is about.</param>
    /// <param name="conversation">Where it was told; null for nowhere here.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="by">Who says so; the system where it was read.</param>
    /// <param name="at">Since when (UTC).</param>
    /// <param name="now">Now (UTC): what waits is taken back, it is given to somebody, and people are told; null for what lies in the past.</param>
    /// <param name="read">It is what a reading says, also one that a colleague put right: it goes with the reading.</param>
    public static async Task<CustomerLifeEvent> Begin(HeliotropeDb db, long customer, Conversation? conversation, LifeEvent kind, Actor by, DateTimeOffset at, DateTimeOffset? now, bool read = false)
    {
        var life = db.LifeEvents.Add(CustomerLifeEvent.Open(customer, conversation?.Number, kind, read || by.Kind is ActorKind.System ? "" : by.Name, by.Person, at)).Entity;
        conversation?.Record(by, LifeWatch.EventOf(kind), "", at);
        if (now is not { } fresh)
        {
            return life;
        }

        await LifeStops.Withdraw(db, customer, fresh);
        await StopLeaving.Hold(db, customer, conversation?.TeamId, fresh);
        if (conversation is { AssigneeId: null, IsSpam: false })
        {
            await Give(db, conversation, fresh);
        }

        return life;
    }

    /// <summary>What nobody has goes to somebody who is trained; where none of them is there, leads are told.</summary>
    private static async Task Give(HeliotropeDb db, Conversation conversation, DateTimeOffset now)
    {
        var trained = await db.Users.Where(u => u.LeftAt == null && db.TrainedPeople.Any(t => t.UserId == u.Id) && (!u.Away || u.AwayUntil <= now)).Select(u => u.Id).Take(MostTold).ToListAsync();
        if (trained.Count > 0 && await (await Board.Of(db, conversation.TeamId, trained)).GiveBest(db, conversation, Actor.System, now, TrainedColleague.Choose))
        {
            return;
        }

        // Others may see it, too, unless the team keeps to itself.
        if (trained.Count > 0 && conversation.TeamId is { } team && !await db.Teams.AnyAsync(t => t.Id == team && t.Private)
            && await (await Board.Of(db, null, trained)).GiveBest(db, conversation, Actor.System, now, TrainedColleague.Choose))
        {
            return;
        }

        foreach (var lead in await Notices.Leads(db, conversation.TeamId))
        {
            await Notify.Write(db, lead, Reason.LifeEvent, conversation, conversation.Preview, Actor.System, now);
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/life-events", async (LifeEventBody body, OpenLifeEvent open, HttpContext http) => (await open.Run(http.Actor(), body, http.RequestAborted)).ToApi())
        .WithName("openLifeEvent").WithSummary("Say that something happened in a customer's life: surveys and automatic mail stop at once").Answers<LifeEventDetails>();
}
