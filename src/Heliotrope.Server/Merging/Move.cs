using System.Globalization;
using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>What goes where: messages to another conversation, or the whole conversation to another customer.</summary>
/// <param name="Entries">The ids of messages and notes.</param>
/// <param name="To">The number of the conversation that they go to.</param>
/// <param name="Customer">The id or the address of the customer whose the whole conversation is; then nothing else is given.</param>
public sealed record MoveBody(IReadOnlyList<long>? Entries, long? To, [property: JsonConverter(typeof(TextOrNumber))] string? Customer);

/// <summary>Moves messages to another conversation, or a conversation to the right person.</summary>
internal sealed class Move(Store store, Current<TeamRules> rules, TimeProvider time)
{
    public async Task<Done> Run(Actor actor, long number, MoveBody body, CancellationToken cancel)
    {
        var whole = !string.IsNullOrWhiteSpace(body.Customer);
        var what = whole ? "customer" : "move";
        var about = whole ? string.Create(CultureInfo.InvariantCulture, $"#{number}") : string.Create(CultureInfo.InvariantCulture, $"#{number} → #{body.To}");
        return actor.MayWork
            ? await store.Undoable(actor, what, db => whole ? ToCustomer(db, actor, number, body.Customer!, cancel) : ToConversation(db, actor, number, body, cancel), cancel, about)
            : Refusal.NotAllowed;
    }

    private async Task<Refusal?> ToConversation(HeliotropeDb db, Actor actor, long number, MoveBody body, CancellationToken cancel)
    {
        if (await db.Conversations.FindAsync([number], cancel) is not { } from)
        {
            return Refusal.NoConversation(number);
        }

        if (body.To == number || await db.Conversations.FindAsync([body.To ?? 0], cancel) is not { } to)
        {
            return Refusal.Invalid("move.unknown", "There is no other conversation with this number.", "to");
        }

        if (from.Demo != to.Demo)
        {
            return new(RefusalKind.Conflict, "merge.demo", "One of them is part of the demo company, which is taken away as a whole.");
        }

        var chosen = await Chosen.Of(db, number, body.Entries ?? [], null, cancel);
        if (chosen.Refusal is { } refusal)
        {
            return refusal;
        }

        var (ids, known, target) = (chosen.Value, await rules.Get(), to.Number);
        var moved = await Saids.Of(db, e => ids.Contains(e.Id), cancel);
        await new Rehang(db, store.Engine.Rows, cancel).Entries(ids, target);
        from.Lose(moved, await Saids.Of(db, e => e.ConversationNumber == number, cancel), known.For(from));
        to.Gain(moved, await Saids.Of(db, e => e.ConversationNumber == target, cancel), known.For(to));
        from.NoteMove(actor, "moved-out", to, time.Now());
        to.NoteMove(actor, "moved-in", from, time.Now());
        return null;
    }

    private async Task<Refusal?> ToCustomer(HeliotropeDb db, Actor actor, long number, string named, CancellationToken cancel)
    {
        if (await db.Conversations.FindAsync([number], cancel) is not { } conversation)
        {
            return Refusal.NoConversation(number);
        }

        if (await Find(db, named, cancel) is not { } customer)
        {
            return Refusal.Invalid("move.customer", "No customer has this id, and it is no mail address.", "customer");
        }

        if (customer.Demo != conversation.Demo)
        {
            return new(RefusalKind.Conflict, "merge.demo", "One of them is part of the demo company, which is taken away as a whole.");
        }

        if (await Merge.Leaving(db, number, cancel))
        {
            return new(RefusalKind.Conflict, "merge.leaving", "A reply is about to leave from one of them.");
        }

        await db.SaveChangesAsync(cancel); // the id of a new one
        var before = conversation.CustomerId;
        conversation.BelongTo(actor, customer, time.Now());
        if (before != customer.Id)
        {
            await TakeAlong.Write(db, number, before, conversation, time.Now(), cancel);
        }

        // What was promised here was promised to whoever it was about.
        foreach (var promise in await db.Promises.Where(p => p.ConversationNumber == number).ToListAsync(cancel))
        {
            promise.BelongTo(customer.Id);
        }

        return null;
    }

    /// <summary>An address nobody wrote from yet is a new customer's.</summary>
    private async Task<Customer?> Find(HeliotropeDb db, string named, CancellationToken cancel)
    {
        named = named.Trim().Storable(EmailAddress.MaxLength);
        if (long.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return await db.Customers.FindAsync([id], cancel);
        }

        return !EmailAddress.TryParse(named, out var address) ? null
            : await CustomerRows.OwnerOrNew(db, address, "", time.Now(), cancel);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/move",
            async (long number, MoveBody body, Move move, HttpContext http) => await http.Shown(number, await move.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("move").WithSummary("Move messages to another conversation, or a conversation to another customer").Answers<ConversationDetails>();
}
