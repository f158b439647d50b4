using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>What becomes a conversation of its own.</summary>
/// <param name="Entries">The ids of messages and notes; null when <paramref name="From"/> says it.</param>
/// <param name="From">The id of the first one that goes, with everything after it.</param>
/// <param name="Subject">Its subject; null for the same.</param>
public sealed record SplitBody(IReadOnlyList<long>? Entries, long? From, string? Subject);

/// <summary>Makes messages of a conversation a conversation of their own. Answers to them follow them.</summary>
internal sealed class Split(Store store, Current<TeamRules> rules, TimeProvider time)
{
    /// <returns>What was done, and the number of the new conversation.</returns>
    public async Task<(Done Done, long Number)> Run(Actor actor, long number, SplitBody body, CancellationToken cancel)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"#{number}");
        if (!actor.MayWork)
        {
            return (Refusal.NotAllowed, 0);
        }

        var made = 0L;
        var done = await store.Undoable(
            actor,
            "split",
            async db =>
            {
                var result = await Do(db, actor, number, body, cancel);
                made = result.Match(split => split.Number, _ => 0);
                return result.Refusal;
            },
            cancel,
            about);
        return (done, made);
    }

    private async Task<Result<Conversation>> Do(HeliotropeDb db, Actor actor, long number, SplitBody body, CancellationToken cancel)
    {
        if (await db.Conversations.FindAsync([number], cancel) is not { } from)
        {
            return Refusal.NoConversation(number);
        }

        var chosen = await Chosen.Of(db, number, body.Entries, body.From, cancel);
        if (chosen.Refusal is { } not)
        {
            return not;
        }

        var (ids, known) = (chosen.Value, await rules.Get());
        var said = await Saids.Of(db, e => ids.Contains(e.Id), cancel);
        var customer = await Writer(db, from, ids, cancel);
        var split = from.SplitOff(customer, string.IsNullOrWhiteSpace(body.Subject) ? null : body.Subject, said, known.For(from));
        if (split.Refusal is { } refusal)
        {
            return refusal;
        }

        var part = db.Conversations.Add(split.Value).Entity;
        await db.SaveChangesAsync(cancel);
        await new Rehang(db, store.Engine.Rows, cancel).Entries(ids, part.Number);
        from.Lose(said, await Saids.Of(db, e => e.ConversationNumber == number, cancel), known.For(from));
        from.NoteMove(actor, "split-off", part, time.Now());
        part.NoteMove(actor, "split-from", from, time.Now());
        await db.SaveChangesAsync(cancel);
        return part;
    }

    /// <summary>Whoever wrote all that goes; the same customer when several did, or none but us.</summary>
    private async Task<Customer> Writer(HeliotropeDb db, Conversation from, IReadOnlyList<long> ids, CancellationToken cancel)
    {
        var own = await db.Customers.SingleAsync(c => c.Id == from.CustomerId, cancel);
        var writers = await db.Entries.Where(e => ids.Contains(e.Id) && e.Direction == Direction.In && e.Author != Author.Machine && e.FromAddress != null)
            .Select(e => new { e.FromAddress, e.FromName }).Distinct().Take(2).ToListAsync(cancel);
        if (writers is not [{ FromAddress: { } text } writer] || !EmailAddress.TryParse(text, out var address))
        {
            return own;
        }

        return await CustomerRows.OwnerOrNew(db, address, writer.FromName, time.Now(), cancel);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/split",
            async (long number, SplitBody body, Split split, HttpContext http) =>
            {
                var (done, part) = await split.Run(http.Actor(), number, body, http.RequestAborted);
                return await http.Shown(part, done);
            })
        .WithName("split").WithSummary("Make messages a conversation of their own").Answers<ConversationDetails>();
}
