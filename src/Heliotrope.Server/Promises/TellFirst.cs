using System.Resources;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>Drafts the message that tells a customer before they find out. A person reads and sends it; nothing sends it by itself (docs/method.md, A3).</summary>
internal sealed class TellFirst(ChangePromise promises, TimeProvider time)
{
    private static readonly ResourceManager Resources = new("Heliotrope.Server.Promises.TellFirst", typeof(TellFirst).Assembly);

    /// <summary>Puts the message where the actor writes in this conversation, before what they wrote there already. Without another time it is left to their words.</summary>
    public Task<Refusal?> Run(Actor actor, long number, long id, string? due, CancellationToken cancel) => promises.Run(
        actor,
        number,
        id,
        async (db, _, promise, hours) =>
        {
            if (actor is not { Kind: ActorKind.Person, Id: { } user })
            {
                return Refusal.NotAllowed;
            }

            var at = string.IsNullOrWhiteSpace(due) ? (Result<(DateTimeOffset At, bool DayOnly)>?)null : PromiseDue.Read(due, hours);
            if (at?.Refusal is { } refusal)
            {
                return refusal;
            }

            if (promise.State is not PromiseState.Open && promise is not { State: PromiseState.Broken, DoneAt: null })
            {
                return new Refusal(RefusalKind.Conflict, "promise.ended", "This promise has ended.");
            }

            var body = new DraftBody(DraftKind.Reply, number, null, null);
            var draft = await OpenDraft.Find(db, user, body);
            if (draft is { SendAt: not null })
            {
                return OpenDraft.Sent;
            }

            draft ??= OpenDraft.Begin(db, user, body);
            var words = await Words(db, promise, hours, at?.Value, IsLate(promise, time.Now()));
            Fill(draft, draft.Text.Trim().Length == 0 ? words : $"{words}\n\n{draft.Text}", promise, at?.Value.At, time.Now());
            return null;
        },
        cancel);

    /// <summary>Begins the message for whoever owns the promise, unless they are writing there. What was begun while it could still be kept, and not touched, gives way to what is true now.</summary>
    public static async Task<bool> Offer(HeliotropeDb db, Promise promise, WorkingHours hours, DateTimeOffset now)
    {
        var body = new DraftBody(DraftKind.Reply, promise.ConversationNumber, null, null);
        var draft = await OpenDraft.Find(db, promise.OwnerId, body);
        if (draft is not null && (draft.SendAt is not null || draft.TellsPromiseId != promise.Id || draft.Text != await Words(db, promise, hours, null, late: false))) // somebody wrote there
        {
            return false;
        }

        draft ??= OpenDraft.Begin(db, promise.OwnerId, body);
        Fill(draft, await Words(db, promise, hours, null, IsLate(promise, now)), promise, null, now);
        return true;
    }

    private static bool IsLate(Promise promise, DateTimeOffset now) => now > promise.DueAt;

    private static void Fill(Draft draft, string text, Promise promise, DateTimeOffset? due, DateTimeOffset now)
    {
        draft.Text = text;
        draft.TellsPromiseId = promise.Id;
        draft.TellsDueAt = due;
        draft.UpdatedAt = now;
        draft.Version++;
    }

    private static async Task<string> Words(HeliotropeDb db, Promise promise, WorkingHours hours, (DateTimeOffset At, bool DayOnly)? due, bool late)
    {
        var customer = await db.Customers.Where(c => c.Id == promise.CustomerId).Select(c => new { c.Name, c.Language }).SingleAsync();
        var words = new CustomerWords(Resources, customer.Language ?? "en", ("customer", CustomerWords.Greeting(customer.Name)), ("promise", promise.Text), ("due", ""));
        var greeting = words[words.Has("customer") ? "HelloNamed" : "Hello"];
        var text = $"{greeting}\n\n{words["Said"]}\n\n{words[late ? "Late" : "Ahead"]}";
        if (due is not { } at)
        {
            return text;
        }

        var shown = hours.Clock(at.At).ToDateTimeUnspecified().ToString(words[at.DayOnly ? "Day" : "Time"], words.Culture);
        return $"{text} {new CustomerWords(Resources, words.Language, ("due", shown))[late ? "NewLate" : "New"]}";
    }
}
