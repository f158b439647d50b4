using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>What a reply means for promises, in the transaction that writes the reply.</summary>
/// <param name="Accepted">The words of the promises in it that its author accepted.</param>
/// <param name="TellsPromise">The promise of which it tells another time; null for most.</param>
/// <param name="TellsDue">That other time (UTC).</param>
internal sealed record SaidPromises(IReadOnlyList<string> Accepted, long? TellsPromise = null, DateTimeOffset? TellsDue = null)
{
    public static SaidPromises None { get; } = new([]);

    /// <summary>Every promise in it that says by when.</summary>
    public static SaidPromises All { get; } = new([]) { Every = true };

    public bool Every { get; private init; }
}

/// <summary>Makes the promises that a reply says and its author accepted, and renegotiates the one that it tells of.</summary>
internal sealed class SaidInReply(Current<TeamRules> rules)
{
    /// <summary>More in one message is no promise but a plan.</summary>
    private const int Most = 20;

    public async Task Write(HeliotropeDb db, Conversation conversation, Entry reply, Actor actor, SaidPromises said, DateTimeOffset now)
    {
        if ((actor.Kind is ActorKind.Person ? actor.Id : conversation.AssigneeId) is not { } owner || (said is { Accepted.Count: 0, TellsPromise: null, Every: false }))
        {
            return;
        }

        var hours = (await rules.Get()).For(conversation).Hours;
        DateTimeOffset? told = null;
        if (said is { TellsPromise: { } id, TellsDue: { } due } && await db.Promises.FirstOrDefaultAsync(p => p.Id == id && p.ConversationNumber == conversation.Number) is { } earlier
            && AcceptedPromises.Plain(reply.Text).Contains(earlier.Text, StringComparison.Ordinal)) // else other words were written in its place
        {
            // Told too late it stays broken, and what is promised now is a promise of its own.
            var what = new PromiseSaid(earlier.Text, due, DayOnly: false, earlier.Deed);
            var next = earlier.Renegotiate(what, reply.Id, now, hours);
            next = next.Refusal is null ? next : Promise.Make(new(conversation.Number, conversation.CustomerId, earlier.OwnerId, reply.Id), what, now, hours);
            if (next.Refusal is null)
            {
                db.Promises.Add(next.Value);
                conversation.NotePromise(actor, earlier.State is PromiseState.Renegotiated ? "renegotiated" : "made", earlier.Text, now);
                told = due; // its new time stands in the words, too, and is no second promise
            }
        }

        HashSet<string> accepted = [.. said.Accepted.Select(AcceptedPromises.Plain)];
        foreach (var found in PromiseFinder.In(reply.Text, now, hours).Where(f => f.Due is { } at && at.At(hours) != told && (said.Every || accepted.Contains(AcceptedPromises.Plain(Words(reply, f))))).Take(Most))
        {
            var made = Promise.Make(
                new(conversation.Number, conversation.CustomerId, owner, reply.Id),
                new(Cut(Words(reply, found)), found.Due!.Value.At(hours), found.Precision is Precision.Day, found.Deed),
                now,
                hours);
            if (made.Refusal is null)
            {
                db.Promises.Add(made.Value);
            }
        }
    }

    private static string Words(Entry reply, FoundPromise found) => reply.Text.Substring(found.At, found.Length);

    private static string Cut(string words) => words.Length <= Promise.MaxText ? words : words[..Promise.MaxText];
}
