using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>A step that somebody did elsewhere.</summary>
/// <param name="Step">refunded, returned, card, or proof for the proof that came.</param>
/// <param name="Note">What to say of it, at most 500 characters; may be left out.</param>
public sealed record LifeStepBody(string? Step, string? Note = null);

/// <summary>Whoever looks after somebody's affairs.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Address">Their mail address; may be left out.</param>
/// <param name="Relation">What they are to the customer, such as daughter; may be left out.</param>
public sealed record FamilyContactBody(string? Name, string? Address = null, string? Relation = null);

/// <summary>What people do about a life event. Whatever can be seen by itself is not here.</summary>
internal sealed class ChangeLifeEvent(Store store, GetLifeEvent get, TimeProvider time)
{
    /// <summary>Of what they bought, the latest say what there is to cancel.</summary>
    private const int MostBought = 50;

    /// <summary>Somebody did a step and says so.</summary>
    public Task<Result<LifeEventDetails>> Take(Actor actor, long id, LifeStepBody body, CancellationToken cancel) => Change(actor, id, (db, life, conversation, now) =>
    {
        if (Codes.Find<LifeStep>(body.Step?.Trim()) is not { } step)
        {
            return Task.FromResult<Refusal?>(Refusal.Invalid("life-event.step-unknown", "A step that is said is refunded, returned, card or proof.", "step"));
        }

        var refused = life.Take(step, actor.Name, Folded.OneLine((body.Note ?? "").Storable(CustomerLifeEvent.MaxNote)), now);
        if (refused is null)
        {
            conversation?.Record(actor, "life-step." + Codes.Of(step), "", now);
        }

        return Task.FromResult(refused);
    }, cancel);

    /// <summary>Everything is cancelled for them, in one step: a fact that other programs read.</summary>
    public Task<Result<LifeEventDetails>> Cancel(Actor actor, long id, CancellationToken cancel) => Change(actor, id, async (db, life, conversation, now) =>
    {
        await Cancel(db, life, conversation, actor, now);
        return null;
    }, cancel);

    /// <summary>The same in a transaction of the caller's, for whoever holds the family's link.</summary>
    public static async Task Cancel(HeliotropeDb db, CustomerLifeEvent life, Conversation? conversation, Actor actor, DateTimeOffset now)
    {
        var bought = await db.Purchases.IgnoreQueryFilters().Where(p => p.CustomerId == life.CustomerId && p.Amount >= 0).OrderByDescending(p => p.At).Take(MostBought).Select(p => p.What).ToListAsync();
        var fields = await db.CustomerFieldValues.IgnoreQueryFilters().Where(v => v.CustomerId == life.CustomerId).Join(db.OwnFields, v => v.FieldId, f => f.Id, (v, f) => f.Name + ": " + v.Value).ToListAsync();
        if (life.Cancel(actor.Name, string.Join('\n', fields.Order(StringComparer.Ordinal).Concat(bought.Distinct(StringComparer.Ordinal))), now))
        {
            conversation?.Record(actor, "life-event-cancelled", "", now);
        }
    }

    /// <summary>Asks for the only proof: once.</summary>
    public Task<Result<LifeEventDetails>> AskProof(Actor actor, long id, CancellationToken cancel) => Change(actor, id, (_, life, conversation, now) => Task.FromResult(AskProof(life, conversation, actor, now)), cancel);

    /// <summary>The same in a transaction of the caller's, with the words that ask.</summary>
    public static Refusal? AskProof(CustomerLifeEvent life, Conversation? conversation, Actor actor, DateTimeOffset now)
    {
        var refused = life.AskProof(actor.Name, now);
        if (refused is null)
        {
            conversation?.Record(actor, "life-event-proof", "", now);
        }

        return refused;
    }

    /// <summary>Somebody looks after their affairs.</summary>
    public Task<Result<LifeEventDetails>> AddContact(Actor actor, long id, FamilyContactBody body, CancellationToken cancel) => Change(actor, id, (_, life, _, now) =>
    {
        var contact = FamilyContact.Of((body.Name ?? "").Storable(1_000), (body.Address ?? "").Storable(1_000), (body.Relation ?? "").Storable(1_000), actor.Name, now);
        return Task.FromResult(contact.Refusal ?? life.Add(contact.Value));
    }, cancel);

    /// <summary>What could be done is done. It is looked at whether anything slipped through, now and once more later.</summary>
    public Task<Result<LifeEventDetails>> Close(Actor actor, long id, CancellationToken cancel) => Change(actor, id, async (db, life, conversation, now) =>
    {
        if (life.Close(actor.Name, now) is { } refusal)
        {
            return refusal;
        }

        conversation?.Record(actor, "life-event-closed", "", now);
        await VerifyLifeEvent.Check(db, life, conversation, now);
        return null;
    }, cancel);

    /// <summary>It was begun by mistake: nothing of the kind happened, and the usual rules hold again.</summary>
    public Task<Result<LifeEventDetails>> Drop(Actor actor, long id, CancellationToken cancel) => Change(actor, id, (db, life, conversation, now) =>
    {
        if (life.Drop(actor.Name, now) is { } refusal)
        {
            return Task.FromResult<Refusal?>(refusal);
        }

        conversation?.Record(actor, "life-event-dropped", "", now);
        db.Audit.Add(AuditLine.Of(actor, "life-event.dropped", string.Create(CultureInfo.InvariantCulture, $"{id}"), now));
        return Task.FromResult<Refusal?>(null);
    }, cancel);

    /// <summary>The conversation in which something about it is told: its own, else the newest of the customer's.</summary>
    public static async Task<Conversation?> Where(HeliotropeDb db, CustomerLifeEvent life) => life.ConversationNumber is { } number
        ? await db.Conversations.FindAsync(number)
        : await db.Conversations.Where(c => c.CustomerId == life.CustomerId && !c.IsSpam).OrderByDescending(c => c.Number).FirstOrDefaultAsync();

    private async Task<Result<LifeEventDetails>> Change(Actor actor, long id, Func<HeliotropeDb, CustomerLifeEvent, Conversation?, DateTimeOffset, Task<Refusal?>> change, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var refused = await store.Write<Refusal?>(
            actor,
            async db => await db.LifeEvents.Include(e => e.Steps).Include(e => e.Contacts).FirstOrDefaultAsync(e => e.Id == id, cancel) is not { } life ? GetLifeEvent.Unknown(id)
                : await change(db, life, await Where(db, life), time.Now()),
            cancel);
        return refused is { } no ? no : await get.Run(actor, id);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/life-events/{id:long}");
        one.MapPost("/steps", async (long id, LifeStepBody body, ChangeLifeEvent change, HttpContext http) => (await change.Take(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("takeLifeStep").WithSummary("Say that a step was done outside of Heliotrope").Answers<LifeEventDetails>();
        one.MapPost("/cancel", async (long id, ChangeLifeEvent change, HttpContext http) => (await change.Cancel(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("cancelEverything").WithSummary("Record that everything of the customer's is cancelled: nothing is to be charged or delivered any more").Answers<LifeEventDetails>();
        one.MapPost("/proof", async (long id, ChangeLifeEvent change, HttpContext http) => (await change.AskProof(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("askProof").WithSummary("Record that the only proof was asked for; it is asked once").Answers<LifeEventDetails>();
        one.MapPost("/contacts", async (long id, FamilyContactBody body, ChangeLifeEvent change, HttpContext http) => (await change.AddContact(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("addFamilyContact").WithSummary("Note who looks after the customer's affairs").Answers<LifeEventDetails>();
        one.MapPost("/close", async (long id, ChangeLifeEvent change, HttpContext http) => (await change.Close(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("closeLifeEvent").WithSummary("Close a life event; what was to stop is checked now and again 14 days later").Answers<LifeEventDetails>();
        one.MapPost("/drop", async (long id, ChangeLifeEvent change, HttpContext http) => (await change.Drop(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("dropLifeEvent").WithSummary("Say that a life event was begun by mistake: surveys and automatic mail are no longer stopped by it").Answers<LifeEventDetails>();
    }
}
