using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>What changes of a message that waits.</summary>
/// <param name="Text">Other words, in Markdown; null for the same.</param>
/// <param name="SendAt">When it leaves (ISO 8601 with its offset), within a year; null for when it was to leave.</param>
/// <param name="Seen">The id of the last entry that is known to whoever changes it; null for what was known before.</param>
public sealed record WaitingBody(string? Text = null, DateTimeOffset? SendAt = null, long? Seen = null);

/// <summary>Lets a message that waits leave now, holds it here, takes it into the composer, or throws it away. Its author may do all of this; everybody who works here may hold it.</summary>
internal sealed class ChangeWaiting(Store store, DraftBell bell, TimeProvider time)
{
    private static readonly Refusal Gone = new(RefusalKind.Conflict, "waiting.gone", "It has left, or it waits no longer.");

    /// <summary>It leaves as if it had been sent now: after the seconds in which it can be taken back.</summary>
    public async Task<Refusal?> Now(Actor actor, long number, long id, long? seen, CancellationToken cancel)
    {
        var refusal = await Change(actor, number, id, theirs: false, async (db, draft) =>
        {
            draft.SeenId = seen ?? draft.SeenId;
            if (await Crossings.Check(db, number, draft.SeenId, draft.UserId) is { } crossed)
            {
                return crossed;
            }

            draft.LeaveApart(time.Now().AddSeconds((await Organisation.Of(db)).UndoSeconds));
            return null;
        }, cancel);
        bell.Ring();
        return refusal;
    }

    /// <summary>It stays here until somebody decides.</summary>
    public Task<Refusal?> Stop(Actor actor, long number, long id, CancellationToken cancel) => Change(actor, number, id, theirs: true, async (db, draft) =>
    {
        if (draft.SendAt is not null)
        {
            draft.Stop("");
            await StopLeaving.Tell(db, (await db.Conversations.FindAsync(number))!, draft, actor, time.Now());
        }

        return null;
    }, cancel);

    /// <summary>It is written again. What its author was writing there meanwhile waits in its place, so that no word is lost.</summary>
    public Task<Refusal?> Write(Actor actor, long number, long id, CancellationToken cancel) => Change(actor, number, id, theirs: false, async (db, draft) =>
    {
        if (draft.UserId is null)
        {
            return Gone; // a program has no composer
        }

        if (await db.Drafts.FirstOrDefaultAsync(d => d.ConversationNumber == number && d.UserId == draft.UserId && d.Kind == draft.Kind && !d.Apart) is { } open)
        {
            if (open.SendAt is not null)
            {
                return new Refusal(RefusalKind.Conflict, "draft.leaving", "What was written before is leaving; try again in a moment.");
            }

            open.Stop("");
            await db.SaveChangesAsync(); // its place is free
        }

        draft.TakeBack();
        draft.UpdatedAt = time.Now();
        return null;
    }, cancel);

    /// <summary>It is gone, with its files.</summary>
    public Task<Refusal?> Drop(Actor actor, long number, long id, CancellationToken cancel) => Change(actor, number, id, theirs: false, (db, draft) =>
    {
        db.Drafts.Remove(draft);
        return Task.FromResult<Refusal?>(null);
    }, cancel);

    /// <summary>It says or leaves otherwise.</summary>
    public async Task<Refusal?> Run(Actor actor, long number, long id, WaitingBody body, CancellationToken cancel)
    {
        var refusal = await Change(actor, number, id, theirs: false, async (db, draft) =>
        {
            var now = time.Now();
            if (SendLater.Check(body.SendAt ?? draft.SendAt, now) is { } wrong)
            {
                return wrong;
            }

            var at = (body.SendAt ?? draft.SendAt)!.Value;
            draft.Fill(
                new(draft.Kind, number, draft.Id, body.Text ?? draft.Text, draft.Cc, draft.Bcc, draft.Recipient, draft.Subject, [draft.Promises], "", body.Seen ?? draft.SeenId, draft.Knows, draft.Quotes, draft.Files, draft.Macros), now);
            draft.LeaveApart(at);
            return await DraftMail.Check(db, draft) ?? await Crossings.Check(db, number, draft.SeenId, draft.UserId);
        }, cancel);
        bell.Ring();
        return refusal;
    }

    private Task<Refusal?> Change(Actor actor, long number, long id, bool theirs, Func<HeliotropeDb, Draft, Task<Refusal?>> change, CancellationToken cancel) => store.Change(
        actor,
        number,
        async (db, _) => await db.Drafts.FirstOrDefaultAsync(d => d.Id == id && d.ConversationNumber == number && d.Apart) is not { } draft ? Gone
            : theirs || IsTheirs(draft, actor) ? await change(db, draft)
            : Refusal.NotAllowed,
        cancel);

    /// <summary>A program's is everybody's who has a program's key.</summary>
    private static bool IsTheirs(Draft draft, Actor actor) => actor.Kind is ActorKind.Person ? draft.UserId == actor.Id : draft.ApiKeyId is not null;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/conversations/{number:long}/waiting/{id:long}", async (long number, long id, WaitingBody body, ChangeWaiting change, HttpContext http) =>
            await http.Shown(number, await change.Run(http.Actor(), number, id, body, http.RequestAborted)))
            .WithName("changeWaiting").WithSummary("Change a message that leaves later").Answers<ConversationDetails>();
        api.MapPost("/conversations/{number:long}/waiting/{id:long}/send", async (long number, long id, ChangeWaiting change, HttpContext http) =>
            await http.Shown(number, await change.Now(http.Actor(), number, id, null, http.RequestAborted)))
            .WithName("sendWaiting").WithSummary("Let a message that waits leave now").Answers<ConversationDetails>();
        api.MapDelete("/conversations/{number:long}/waiting/{id:long}", async (long number, long id, ChangeWaiting change, HttpContext http) =>
            await http.Shown(number, await change.Drop(http.Actor(), number, id, http.RequestAborted)))
            .WithName("dropWaiting").WithSummary("Throw away a message that leaves later").Answers<ConversationDetails>();
    }

    /// <summary>Where the buttons beside it go.</summary>
    public static void MapPage(IEndpointRouteBuilder one) => one.MapPost("/waiting/{id:long}", async (long number, long id, ChangeWaiting change, ConversationPages show, HttpContext http) =>
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (actor, cancel) = (http.Actor(), http.RequestAborted);
        long? seen = long.TryParse(form["seen"], System.Globalization.CultureInfo.InvariantCulture, out var read) ? read : 0;
        return await show.After(http, number, form["act"].ToString() switch
        {
            "now" => await change.Now(actor, number, id, seen, cancel),
            "stop" => await change.Stop(actor, number, id, cancel),
            "write" => await change.Write(actor, number, id, cancel),
            "drop" => await change.Drop(actor, number, id, cancel),
            _ => null,
        });
    });
}
