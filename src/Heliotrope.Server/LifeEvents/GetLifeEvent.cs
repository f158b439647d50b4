using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>Reads life events, with what is seen of them by itself.</summary>
internal sealed class GetLifeEvent(Store store, Current<TrainedPeople> trained, TimeProvider time)
{
    private const int Most = 200;

    public async Task<Result<LifeEventDetails>> Run(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return (await store.Read(actor, db => Read(db, db.LifeEvents.Where(e => e.Id == id)))) is [var life] ? life : Unknown(id);
    }

    /// <summary>All that somebody may see: whoever leads or is trained all of them, others those that were told in a conversation.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancelled">Only those in which everything was cancelled, or was not; null for both.</param>
    /// <param name="open">Only those that are open, or are not; null for both.</param>
    /// <param name="customer">Only a customer's; null for everybody's.</param>
    public async Task<Result<IReadOnlyList<LifeEventDetails>>> List(Actor actor, bool? cancelled = null, bool? open = null, long? customer = null)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var (person, all) = (actor.Person, actor.MayLead || (actor.Person is { } user && (await trained.Get()).Contains(user)));
        return await store.Read<Result<IReadOnlyList<LifeEventDetails>>>(actor, async db => await Read(db, db.LifeEvents
            .Where(e => (all || e.ConversationNumber != null || e.OwnerId == person)
                && (cancelled == null || cancelled == (e.CancelledAt != null)) && (open == null || open == (e.ClosedAt == null)) && (customer == null || e.CustomerId == customer))
            .OrderBy(e => e.ClosedAt != null).ThenByDescending(e => e.ClosedAt).ThenByDescending(e => e.OpenedAt).ThenByDescending(e => e.Id).Take(Most)));
    }

    /// <summary>What holds for a customer now, for whoever has their page or a conversation of theirs open.</summary>
    public Task<List<LifeEventDetails>> Around(Actor actor, long customer)
    {
        var holding = Outbox.LifeStops.Holding(time.Now());
        return store.Read(actor, db => Read(db, db.LifeEvents.Where(e => e.CustomerId == customer).Where(holding).OrderBy(e => e.ClosedAt != null).ThenByDescending(e => e.OpenedAt).Take(Most)));
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "life-event.missing", $"There is no life event {id}.");

    private async Task<List<LifeEventDetails>> Read(HeliotropeDb db, IQueryable<CustomerLifeEvent> some)
    {
        var lives = await some.AsNoTracking().Include(e => e.Steps).Include(e => e.Contacts).ToListAsync();
        if (lives.Count == 0)
        {
            return []; // for nearly everybody nothing happened: that costs one question
        }

        var people = await trained.Get();
        var (ids, numbers) = (lives.ConvertAll(e => e.CustomerId), lives.Select(e => e.ConversationNumber).OfType<long>().ToList());
        var customers = await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => new CustomerRef(c.Id, c.Name, c.Addresses.OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefault() ?? "")).ToDictionaryAsync(c => c.Id);
        var holders = await db.Conversations.Where(c => numbers.Contains(c.Number)).Select(c => new { c.Number, c.AssigneeId }).ToDictionaryAsync(c => c.Number, c => c.AssigneeId);
        long? OwnerOf(CustomerLifeEvent life) => (life.ConversationNumber is { } number ? holders.GetValueOrDefault(number) : null) ?? life.OwnerId;
        var owners = lives.Select(OwnerOf).OfType<long>().ToList();
        var names = await db.Users.Where(u => owners.Contains(u.Id)).Select(u => new NamedRef(u.Id, u.Name)).ToDictionaryAsync(u => u.Id);
        var answered = await db.Entries.Where(x => x.Kind == EntryKind.Message && x.Direction == Direction.Out && x.UserId != null)
            .Join(db.Conversations.Where(c => ids.Contains(c.CustomerId)), x => x.ConversationNumber, c => c.Number, (x, c) => new { c.CustomerId, x.At })
            .GroupBy(x => x.CustomerId).Select(g => new { g.Key, Last = g.Max(x => x.At) }).ToDictionaryAsync(g => g.Key, g => g.Last);
        var refunded = await db.Purchases.Where(p => p.Amount < 0 && ids.Contains(p.CustomerId)).GroupBy(p => p.CustomerId).Select(g => new { g.Key, Last = g.Max(p => p.At) }).ToDictionaryAsync(g => g.Key, g => g.Last);
        var now = time.Now();
        return lives.ConvertAll(life =>
        {
            var owner = OwnerOf(life) is { } whose ? names.GetValueOrDefault(whose) : null;
            var facts = new LifeFacts(
                life.Kind, answered.TryGetValue(life.CustomerId, out var last) && last >= life.OpenedAt, life.CancelledAt is not null, refunded.TryGetValue(life.CustomerId, out var back) && back >= life.OpenedAt,
                life.ProofAskedAt is not null, life.ProofReceivedAt is not null, [.. life.Steps.Select(s => s.Step)]);
            return new LifeEventDetails(
                life.Id, life.Kind, life.State, customers[life.CustomerId], life.ConversationNumber, life.OpenedAt, life.OpenedBy, owner, owner is not null && people.Contains(owner.Id), life.StopsAt(now),
                [.. LifeSteps.Of(facts).Select(step => Step(step, life.Steps.FirstOrDefault(taken => taken.Step == step.Step)))],
                life.CancelledAt is { } at ? new(at, life.CancelledBy, life.CancelledWhat.Split('\n', StringSplitOptions.RemoveEmptyEntries)) : null,
                life.ProofAskedAt is { } asked ? new(asked, life.ProofAskedBy, life.ProofReceivedAt) : null,
                [.. life.Contacts.OrderBy(c => c.Id).Select(c => new FamilyContactDetails(c.Id, c.Name, c.Address, c.Relation))], life.ClosedAt, life.ClosedBy, life.CheckedAt, life.Slips);
        });
    }

    private static LifeStepDetails Step(StepState step, TakenStep? taken) => new(step.Step, step.Done, step.Seen, taken?.ByName ?? "", taken?.Note ?? "", taken?.At);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/life-events", async (bool? cancelled, bool? open, long? customer, GetLifeEvent get, HttpContext http) => (await get.List(http.Actor(), cancelled, open, customer)).ToApi())
            .WithName("listLifeEvents").WithSummary("List life events, open ones first; with cancelled=true those in which nothing is to be charged or delivered any more").Answers<IReadOnlyList<LifeEventDetails>>();
        api.MapGet("/life-events/{id:long}", async (long id, GetLifeEvent get, HttpContext http) => (await get.Run(http.Actor(), id)).ToApi())
            .WithName("getLifeEvent").WithSummary("Read a life event").Answers<LifeEventDetails>();
    }
}
