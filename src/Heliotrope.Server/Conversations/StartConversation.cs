using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A conversation that begins with words of ours.</summary>
/// <param name="To">The mail address of the customer; one who is not known becomes known.</param>
/// <param name="Subject">1 to 500 characters.</param>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="Cc">Who else gets it, seen by all: mail addresses, at most 20.</param>
/// <param name="Bcc">Who else gets it, seen by nobody, in the same form.</param>
/// <param name="Attachments">Files that go along: at most 20, of at most 25 MB in all.</param>
/// <param name="From">The address of ours that it leaves from, and where answers come in; null for the usual one.</param>
public sealed record StartBody(
    string? To, string? Subject, string? Text, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null, IReadOnlyList<FileBody>? Attachments = null,
    string? From = null);

/// <summary>Writes to somebody first. The clock from concerned to happy waits for their first word.</summary>
internal sealed class StartConversation(Store store, Reply reply, OutboxBell bell, TimeProvider time)
{
    public async Task<Result<ConversationDetails>> Run(Actor actor, StartBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var files = Files.Read(body.Attachments);
        if (files.Refusal is { } refusal)
        {
            return refusal;
        }

        var letter = new Letter(body.Text ?? "", body.Cc ?? [], body.Bcc ?? [], files.Value);
        var started = await store.Write(actor, db => Write(db, actor, body.To ?? "", body.Subject ?? "", letter, body.From ?? ""), cancel);
        bell.Ring();
        return started.Refusal is { } refused ? refused : await store.Show(actor, started.Value, time.Now());
    }

    /// <summary>The same within a transaction that does more. Gives its number.</summary>
    public async Task<Result<long>> Write(HeliotropeDb db, Actor actor, string to, string subject, Letter letter, string from)
    {
        var organisation = await Organisation.Of(db);
        if (Check(db, organisation, to, subject, from) is { } wrong)
        {
            return wrong;
        }

        var (address, our, now) = (Address(to)!, From(db, organisation, from) ?? "", time.Now());
        var begun = await Begin(db, address, "", subject.Storable(Conversation.MaxSubject + 1), our, organisation.TeamOf(our), now);
        if (begun.Refusal is { } refusal)
        {
            return refusal;
        }

        var conversation = begun.Value;
        if (await reply.Write(db, actor, conversation.Number, letter, resolve: false, address) is { } refused)
        {
            return refused;
        }

        if (actor.Kind is ActorKind.Person)
        {
            conversation.Assign(actor, actor.Id, actor.Name, now);
        }

        return conversation.Number;
    }

    /// <summary>A conversation in which nothing is said yet, with a customer who may be known.</summary>
    public static async Task<Result<Conversation>> Begin(HeliotropeDb db, EmailAddress address, string name, string subject, string our, long? team, DateTimeOffset now)
    {
        var customer = await CustomerRows.OwnerOrNew(db, address, name, now, CancellationToken.None);
        var begun = Conversation.BeginByUs(customer, subject, our, now);
        if (begun.Refusal is null)
        {
            begun.Value.BelongTo(team);
            db.Conversations.Add(begun.Value);
            await db.SaveChangesAsync(); // its number
        }

        return begun;
    }

    /// <summary>What is wrong with its addresses or its subject.</summary>
    public static Refusal? Check(HeliotropeDb db, Organisation organisation, string to, string subject, string from) =>
        Address(to) is not { } address ? Refusal.Invalid("to.malformed", "The customer's mail address cannot be one.", "to")
        : organisation.IsOurs(address) ? Refusal.Invalid("to.ours", "This is an address of ours: mail to it would come back to us.", "to")
        : From(db, organisation, from) is null && (from.Trim().Length > 0 || organisation.Addresses.Count > 0) ? Refusal.Invalid("from.unknown", "This is none of the addresses that customers write to.", "from")
        : Conversation.BeginByUs(Customer.WithAddress(address, "", default), subject, "", default).Refusal;

    /// <summary>The address of ours that was chosen, or the usual one where none was; null where there is none that whoever asks may write from.</summary>
    public static string? From(HeliotropeDb db, Organisation organisation, string chosen) =>
        organisation.AddressesBut(db.HiddenTeams).FirstOrDefault(address => chosen.Trim().Length == 0 || address.Equals(chosen.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The one address that was typed; null when it is none, or several.</summary>
    public static EmailAddress? Address(string to) =>
        Copies.Cc([to]) is { Refusal: null, Value: [var only] } ? only : null;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations",
            async (StartBody body, StartConversation start, HttpContext http) => (await start.Run(http.Actor(), body, http.RequestAborted)).ToApi())
        .WithName("startConversation").WithSummary("Write to a customer first").WithMetadata(new RequestSizeLimitAttribute(Files.LargestRequest)).Answers<ConversationDetails>();
}
