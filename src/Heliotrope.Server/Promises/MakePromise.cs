using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Promises;

/// <summary>Something that was promised, in a message or elsewhere.</summary>
/// <param name="Text">What we will do: at most 500 characters.</param>
/// <param name="Due">By when: a day (<c>2026-12-04</c>), a time on the team's clock (<c>2026-12-04T15:00</c>), or a time with its offset.</param>
/// <param name="Owner">The id or mail address of the colleague who does it; without, whoever promises, or who has the conversation.</param>
public sealed record PromiseBody(string? Text, string? Due, [property: JsonConverter(typeof(TextOrNumber))] string? Owner = null);

/// <summary>Notes a promise that no message of ours says, such as one made on the phone (docs/method.md, A3).</summary>
internal sealed class MakePromise(Store store, Current<TeamRules> rules, TimeProvider time)
{
    public Task<Refusal?> Run(Actor actor, long number, PromiseBody body, CancellationToken cancel) => store.Change(
        actor,
        number,
        async (db, conversation) =>
        {
            var (now, hours) = (time.Now(), (await rules.Get()).For(conversation).Hours);
            var due = PromiseDue.Read(body.Due, hours);
            var owner = await Owner(db, actor, conversation, body.Owner);
            if ((due.Refusal ?? owner.Refusal) is { } refusal)
            {
                return refusal;
            }

            var text = (body.Text ?? "").Storable(int.MaxValue);
            var made = Promise.Make(
                new(number, conversation.CustomerId, owner.Value),
                new(text, due.Value.At, due.Value.DayOnly, DeedOf(text, now, hours)),
                now,
                hours);
            if (made.Refusal is null)
            {
                db.Promises.Add(made.Value);
                conversation.NotePromise(actor, "made", made.Value.Text, now);
            }

            return made.Refusal;
        },
        cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/promises",
            async (long number, PromiseBody body, MakePromise make, HttpContext http) => await http.Shown(number, await make.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("makePromise").WithSummary("Note a promise to the customer").Answers<ConversationDetails>();

    private static Deed DeedOf(string text, DateTimeOffset now, WorkingHours hours) => PromiseFinder.In(text, now, hours) is [var first, ..] ? first.Deed : Deed.Other;

    private static async Task<Result<long>> Owner(HeliotropeDb db, Actor actor, Conversation conversation, string? said)
    {
        if (!string.IsNullOrWhiteSpace(said))
        {
            return await Assign.Find(db, said) is { } user ? user.Id : Refusal.Invalid("user.unknown", "No colleague has this id or mail address.", "owner");
        }

        return (actor.Kind is ActorKind.Person ? actor.Id : conversation.AssigneeId) is { } owner
            ? owner
            : Refusal.Invalid("promise.owner", "Nobody has this conversation: say who keeps the promise.", "owner");
    }
}
