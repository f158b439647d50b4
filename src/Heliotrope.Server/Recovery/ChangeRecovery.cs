using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Recovery;

/// <summary>What a colleague knows of a recovery. What is not said stays as it is.</summary>
/// <param name="Open">Something went wrong for the customer; false when nothing had.</param>
/// <param name="Fix">What was fixed, in up to 500 characters.</param>
/// <param name="OutsideCause">Who else caused it, in up to 80 characters; empty for nobody.</param>
/// <param name="Resolve">Whether the fix resolves it: the customer is asked at once whether they are confident.</param>
public sealed record RecoveryBody(bool? Open = null, string? Fix = null, string? OutsideCause = null, bool Resolve = false);

/// <summary>Opens and drops a recovery by hand, and writes down what was fixed and who else caused it (docs/method.md, A2).</summary>
internal sealed class ChangeRecovery(Store store, Resolve resolve, OutboxBell bell, TimeProvider time)
{
    public async Task<Done> Run(Actor actor, long number, RecoveryBody body, CancellationToken cancel)
    {
        var done = await store.ChangeUndoably(actor, "recovery", number, (db, conversation) => Do(db, conversation, actor, body), cancel);
        bell.Ring();
        return done;
    }

    private async Task<Refusal?> Do(HeliotropeDb db, Conversation conversation, Actor actor, RecoveryBody body)
    {
        var now = time.Now();
        var state = await db.Figures.AsNoTracking().Where(f => f.ConversationNumber == conversation.Number).Select(f => f.Recovery).FirstOrDefaultAsync();
        var opens = state is not RecoveryState.Open && body.Open != false && (body.Open == true || body.Fix is not null || body.OutsideCause is not null);
        if (opens || (body.Open == false && state is not null))
        {
            await Say(db, conversation, actor, opens, now);
        }

        if (body.OutsideCause is { } cause && conversation.NameOutsideCause(actor, await Spelled(db, cause.Storable(1_000)), now).Refusal is { } refusal)
        {
            return refusal;
        }

        if (body.Fix is { } fix && conversation.Fix(actor, fix.Storable(10_000), now).Refusal is { } malformed)
        {
            return malformed;
        }

        return body.Resolve && !conversation.IsResolved ? await resolve.Do(db, conversation, actor, now) : null;
    }

    /// <summary>A colleague's word about it, in the timeline and in what is read of the conversation: the reading does not say otherwise afterwards.</summary>
    private static async Task Say(HeliotropeDb db, Conversation conversation, Actor actor, bool opens, DateTimeOffset now)
    {
        var reading = await db.Readings.FindAsync(conversation.Number) ?? db.Readings.Add(new(conversation.Number)).Entity;
        var was = reading.Complaint;
        CorrectReading.Say(reading, conversation, actor, opens, now);
        if (was == opens)
        {
            // It read so already: one that is over opens again, and one that a no had opened is dropped.
            if (opens)
            {
                conversation.OpenRecovery(actor, now);
            }
            else
            {
                conversation.DropRecovery(actor, now);
            }
        }
    }

    /// <summary>As it was written before: one cause under two spellings would be two on the scoreboard.</summary>
    private static async Task<string> Spelled(HeliotropeDb db, string cause)
    {
        var name = string.Join(' ', cause.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var known = await db.Figures.Where(f => f.OutsideCause != "").Select(f => f.OutsideCause).Distinct().Take(OutsideCauses.Most).ToListAsync();
        return known.Find(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/recovery",
            async (long number, RecoveryBody body, ChangeRecovery change, HttpContext http) => await http.Shown(number, await change.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("changeRecovery").WithSummary("Open or drop a recovery, say what was fixed and who else caused it").Answers<ConversationDetails>();
}
